CREATE TABLE retention_run (
  rule    VARCHAR(40)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ran_at  DATETIME(3)     NOT NULL,
  removed BIGINT UNSIGNED NOT NULL COMMENT 'rows, since the beginning',
  PRIMARY KEY (rule)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '到期清理';
