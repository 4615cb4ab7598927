ALTER TABLE message
  ADD COLUMN case_id BIGINT UNSIGNED NULL COMMENT 'of which case it speaks: the court sees there who was told what',
  ADD KEY message_case (case_id, id);
