ALTER TABLE filing ADD KEY filing_court_order (court_code, id);
