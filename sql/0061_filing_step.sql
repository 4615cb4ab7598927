CREATE TABLE filing_step (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id BIGINT UNSIGNED NOT NULL,
  action    VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_state  VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id  BIGINT UNSIGNED NOT NULL,
  role      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note      BLOB        NULL COMMENT 'sealed',
  at        DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY filing_step_by_filing (filing_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '立案流转记录，只增不改';
