ALTER TABLE payment ADD KEY payment_court_day (court_code, created_at, id);
