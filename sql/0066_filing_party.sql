CREATE TABLE filing_party (
  filing_id  BIGINT UNSIGNED NOT NULL,
  party_key  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  side       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name_index CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed index',
  id_index   CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'keyed index',
  PRIMARY KEY (filing_id, party_key),
  KEY filing_party_by_name (name_index, filing_id),
  KEY filing_party_by_id (id_index, filing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '立案申请当事人索引，不含姓名';
