CREATE TABLE filing_print (
  filing_id BIGINT UNSIGNED NOT NULL,
  words     VARBINARY(256)  NOT NULL COMMENT 'MinHash of claims and facts as they stand',
  pattern   VARBINARY(256)  NOT NULL COMMENT 'MinHash without names and numbers: what a series shares',
  PRIMARY KEY (filing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '立案申请文字指纹';
