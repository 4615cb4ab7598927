CREATE TABLE case_access_code (
  case_id   BIGINT UNSIGNED NOT NULL,
  party_key VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code      VARBINARY(200) NOT NULL COMMENT 'sealed',
  made_at   DATETIME(3) NOT NULL,
  used_by   BIGINT UNSIGNED NULL COMMENT 'whom it let in; it lets in nobody else',
  used_at   DATETIME(3) NULL,
  PRIMARY KEY (case_id, party_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '案件访问码';
