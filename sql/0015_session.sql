CREATE TABLE session (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id   BIGINT UNSIGNED NOT NULL,
  family_hash  CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of the part all refresh tokens of the session share',
  refresh_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of the one refresh token that is good',
  created_at   DATETIME(3) NOT NULL,
  seen_at      DATETIME(3) NOT NULL,
  idle_seconds INT UNSIGNED NOT NULL,
  expires_at   DATETIME(3) NOT NULL COMMENT 'whatever happens',
  ended_at     DATETIME(3) NULL,
  ended_why    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'signed_out, revoked, reused, crowded',
  device       VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'what kind of client, for the owner to recognise',
  PRIMARY KEY (id),
  UNIQUE KEY session_family (family_hash),
  KEY session_account (account_id, ended_at, id),
  KEY session_age (expires_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '登录会话';
