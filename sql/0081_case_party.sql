CREATE TABLE case_party (
  case_id    BIGINT UNSIGNED NOT NULL,
  party_key  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  side       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position   INT UNSIGNED NOT NULL,
  name       VARBINARY(1000) NOT NULL COMMENT 'sealed',
  name_index CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed index',
  id_index   CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'keyed index',
  PRIMARY KEY (case_id, party_key),
  KEY case_party_by_name (name_index, case_id),
  KEY case_party_by_id (id_index, case_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '案件当事人';
