ALTER TABLE case_change
  DROP KEY case_change_inbox,
  ADD KEY case_change_inbox (account_id, acknowledged, id DESC);
