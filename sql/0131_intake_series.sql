CREATE TABLE intake_series (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16)  NOT NULL,
  cause_code VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  basis      VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'plaintiff or agent: what its filings have in common',
  pattern    VARBINARY(256) NOT NULL COMMENT 'of its first filing',
  open       BOOLEAN      NOT NULL DEFAULT TRUE COMMENT 'at least one filing waits for a decision',
  made_at    DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY intake_series_of_court (court_code, open, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '系列案件';
