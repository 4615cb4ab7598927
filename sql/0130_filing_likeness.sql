CREATE TABLE filing_likeness (
  value     BINARY(16)      NOT NULL COMMENT 'keyed: a pair of people, a band of the text, or a plaintiff with a cause; nothing can be learnt from it',
  filing_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (value, filing_id),
  KEY filing_likeness_of (filing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '立案申请查重索引，不含姓名与内容';
