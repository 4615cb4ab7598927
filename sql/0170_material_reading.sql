CREATE TABLE material_reading (
  material_id BIGINT UNSIGNED NOT NULL,
  state       VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'queued, reading, done, failed',
  asked_by    BIGINT UNSIGNED NOT NULL COMMENT 'the account that asked last',
  asked_at    DATETIME(3)  NOT NULL,
  attempts    INT UNSIGNED NOT NULL DEFAULT 0,
  lease_until DATETIME(3)  NULL COMMENT 'reading: when another worker may take it',
  reason      VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'failed: why',
  result      MEDIUMBLOB   NULL COMMENT 'sealed: what kind of paper it is, which way up, and its fields with their places',
  done_at     DATETIME(3)  NULL,
  PRIMARY KEY (material_id),
  KEY material_reading_queue (state, asked_at),
  KEY material_reading_account (asked_by, state)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '材料识别结果';
