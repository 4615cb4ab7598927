CREATE TABLE audit_head (
  id   TINYINT UNSIGNED NOT NULL COMMENT 'always 1: the chain has one end, held while an entry is added',
  seq  BIGINT UNSIGNED NOT NULL,
  hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '审计链末端';
