CREATE TABLE dossier_reading (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  case_id    BIGINT UNSIGNED NOT NULL,
  court_code VARCHAR(16) NOT NULL,
  item_id    BIGINT UNSIGNED NULL COMMENT 'NULL: the whole, as one file',
  account_id BIGINT UNSIGNED NOT NULL,
  role       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  page_from  INT UNSIGNED NOT NULL,
  page_to    INT UNSIGNED NOT NULL,
  sha256     CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of what was given, watermark and all',
  at         DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY dossier_reading_case (case_id, id),
  KEY dossier_reading_reader (case_id, account_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '阅卷记录（只增不改）';
