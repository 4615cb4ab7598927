ALTER TABLE intake_item ADD KEY intake_item_decided_order (court_code, state, decided_at, id);
