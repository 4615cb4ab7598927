CREATE TABLE counter (
  name  VARCHAR(80) NOT NULL,
  value BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (name)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '连续编号，行锁保证不重不漏';
