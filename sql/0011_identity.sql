CREATE TABLE identity (
  account_id       BIGINT UNSIGNED NOT NULL,
  state            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'none, verified, failed, in_review',
  id_type          VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name_sealed      MEDIUMBLOB NOT NULL,
  id_number_sealed MEDIUMBLOB NOT NULL,
  claim_index      CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed index of name and document together',
  id_index         CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed index of the document claimed',
  verified_index   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'id_index once verified: one document, one account',
  reason           VARCHAR(200) NOT NULL DEFAULT '',
  attempts         INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'checks asked for on attempts_on',
  attempts_on      DATE NULL,
  verified_at      DATETIME(3) NULL,
  updated_at       DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY identity_verified (verified_index),
  KEY identity_document (id_index)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '实名';
