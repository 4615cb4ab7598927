CREATE TABLE staff (
  account_id          BIGINT UNSIGNED NOT NULL,
  username            VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  display_name        VARCHAR(64) NOT NULL,
  password_hash       VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'argon2id',
  totp_sealed         MEDIUMBLOB NOT NULL,
  last_totp_step      BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'a code of this step or before is used up',
  password_changed_at DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY staff_username (username)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '法院工作人员';
