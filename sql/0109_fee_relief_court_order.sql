ALTER TABLE fee_relief ADD KEY fee_relief_court_order (court_code, id);
