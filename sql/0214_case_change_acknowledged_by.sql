ALTER TABLE case_change
  ADD COLUMN acknowledged_by BIGINT UNSIGNED NULL COMMENT 'an assistant who saw it for the lawyer; NULL: the account itself';
