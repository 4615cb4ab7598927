ALTER TABLE hearing_presence
  ADD COLUMN beside BIGINT UNSIGNED NULL COMMENT 'account on whose device: they come and go with it';
