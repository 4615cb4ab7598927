CREATE TABLE identity_review (
  id               BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id       BIGINT UNSIGNED NOT NULL,
  open_account_id  BIGINT UNSIGNED NULL COMMENT 'account_id while open: one open review an account',
  court_code       VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  state            VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open, approved, rejected',
  note_sealed      MEDIUMBLOB NOT NULL,
  material_ids     TEXT NOT NULL COMMENT 'JSON list',
  opened_at        DATETIME(3) NOT NULL,
  decided_by       BIGINT UNSIGNED NULL,
  decided_at       DATETIME(3) NULL,
  decision_note    VARCHAR(500) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  UNIQUE KEY identity_review_open (open_account_id),
  KEY identity_review_court (court_code, state, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '实名人工核验';
