ALTER TABLE court_case
  ADD KEY court_case_state (court_code, state, id),
  ADD KEY court_case_cause (court_code, cause_code, id);
