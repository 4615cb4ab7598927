CREATE TABLE dossier_inner_item (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  seal_ref   CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id    BIGINT UNSIGNED NOT NULL,
  court_code VARCHAR(16) NOT NULL,
  section    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title      VARBINARY(1000) NOT NULL COMMENT 'sealed',
  body       MEDIUMBLOB  NOT NULL COMMENT 'sealed; nothing of it stands outside this table',
  formed_on  DATE        NOT NULL,
  made_by    BIGINT UNSIGNED NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY dossier_inner_item_case (case_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '电子卷宗：副卷';
