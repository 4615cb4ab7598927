ALTER TABLE intake_item ADD KEY intake_item_assignee (assignee_id, state);
