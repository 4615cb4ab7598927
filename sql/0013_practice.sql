CREATE TABLE practice (
  account_id     BIGINT UNSIGNED NOT NULL,
  state          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'pending, verified, rejected',
  licence_sealed MEDIUMBLOB NOT NULL,
  licence_index  CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  verified_index CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'licence_index once verified: one licence, one account',
  firm           VARCHAR(200) NOT NULL,
  reason         VARCHAR(500) NOT NULL DEFAULT '',
  decided_by     BIGINT UNSIGNED NULL,
  updated_at     DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY practice_verified (verified_index),
  KEY practice_state (state, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '律师执业';
