CREATE TABLE calendar_feed (
  account_id   BIGINT UNSIGNED NOT NULL,
  token_digest CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of the secret in the address',
  made_at      DATETIME(3) NOT NULL,
  PRIMARY KEY (account_id),
  UNIQUE KEY calendar_feed_token (token_digest)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '日历订阅';
