CREATE TABLE case_join_try (
  account_id BIGINT UNSIGNED NOT NULL,
  number     CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed index of the number that was tried, whether or not there is such a case',
  tries      INT UNSIGNED NOT NULL,
  since      DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id, number),
  KEY case_join_try_since (since)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '加入案件的尝试';
