CREATE TABLE backup_run (
  id       BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind     VARCHAR(8)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'physical, logical, logs',
  began_at DATETIME(3)     NOT NULL,
  ended_at DATETIME(3)     NOT NULL,
  bytes    BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  KEY backup_run_kind (kind, ended_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '做成的备份';
