CREATE TABLE audit_anchor (
  seq       BIGINT UNSIGNED NOT NULL,
  hash      CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at        DATETIME(3) NOT NULL,
  signature CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'HMAC with a key that the database does not hold',
  PRIMARY KEY (seq)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '审计链签名锚点，只增不改';
