UPDATE case_language l JOIN court_case c ON c.id = l.case_id SET l.court_code = c.court_code;
