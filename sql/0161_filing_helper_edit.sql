CREATE TABLE filing_helper_edit (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id    BIGINT UNSIGNED NOT NULL,
  helper_id    BIGINT UNSIGNED NOT NULL,
  version      INT UNSIGNED NOT NULL COMMENT 'the version of the filing it made',
  path         VARCHAR(200) NOT NULL COMMENT 'a pointer into the content, or /courtCode, or /materials/id',
  alteration   MEDIUMBLOB NOT NULL COMMENT 'sealed: before and after',
  at           DATETIME(3) NOT NULL,
  confirmed_at DATETIME(3) NULL COMMENT 'when the one who files had looked at it',
  PRIMARY KEY (id),
  KEY filing_helper_edit_open (filing_id, confirmed_at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '帮助者的修改: every place a helper changed';
