CREATE TABLE idempotency_key (
  id        CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'SHA-256 of principal, route and key',
  body_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status    SMALLINT UNSIGNED NOT NULL,
  answer    MEDIUMTEXT NOT NULL COMMENT 'given again byte for byte',
  at        DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY idempotency_key_age (at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '幂等记录，保存 30 日';
