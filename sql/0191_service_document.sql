CREATE TABLE service_document (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  service_id  BIGINT UNSIGNED NOT NULL,
  position    TINYINT UNSIGNED NOT NULL,
  title       VARCHAR(100) NOT NULL,
  source      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'text, material, complaint or respond',
  text        MEDIUMBLOB  NULL COMMENT 'sealed',
  material_id BIGINT UNSIGNED NULL,
  file_key    VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the sealed PDF, from the day it was sent',
  sha256      CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of the PDF',
  bytes       INT UNSIGNED NULL,
  PRIMARY KEY (id),
  UNIQUE KEY service_document_place (service_id, position)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '送达的文书';
