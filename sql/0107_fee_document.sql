CREATE TABLE fee_document (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  notice_id BIGINT UNSIGNED NOT NULL,
  kind      VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title     VARCHAR(100) NOT NULL,
  body      MEDIUMBLOB   NOT NULL COMMENT 'sealed',
  at        DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY fee_document_notice (notice_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '诉讼费文书';
