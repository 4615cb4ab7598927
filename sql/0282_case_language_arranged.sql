ALTER TABLE case_language
  ADD COLUMN court_code  VARCHAR(16) NOT NULL DEFAULT '' COMMENT 'the court that provides it',
  ADD COLUMN arranged_at DATETIME(3) NULL COMMENT 'when the court had found an interpreter; NULL: the court still has to',
  ADD COLUMN arranged_by BIGINT UNSIGNED NULL,
  ADD KEY case_language_waiting (court_code, interpreter, arranged_at, chosen_at);
