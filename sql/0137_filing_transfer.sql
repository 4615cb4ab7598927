CREATE TABLE filing_transfer (
  from_filing_id BIGINT UNSIGNED NOT NULL,
  to_filing_id   BIGINT UNSIGNED NOT NULL,
  from_court     VARCHAR(16) NOT NULL,
  to_court       VARCHAR(16) NOT NULL,
  originally_at  DATETIME(3) NOT NULL COMMENT 'when the first court of all received it: kept for limitation',
  original_court VARCHAR(16) NOT NULL,
  actor_id       BIGINT UNSIGNED NOT NULL,
  at             DATETIME(3) NOT NULL,
  PRIMARY KEY (from_filing_id),
  UNIQUE KEY filing_transfer_to (to_filing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '法院之间的移送';
