CREATE TABLE case_language (
  case_id     BIGINT UNSIGNED NOT NULL,
  party_key   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  language    VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'for hearings and papers',
  interpreter TINYINT(1)  NOT NULL COMMENT 'an interpreter is wanted; free of charge (诉讼费用交纳办法§12)',
  chosen_by   BIGINT UNSIGNED NOT NULL,
  chosen_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (case_id, party_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '当事人使用的语言文字';
