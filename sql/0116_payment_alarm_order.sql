ALTER TABLE payment_alarm ADD KEY payment_alarm_order (order_number, resolved_at);
