CREATE TABLE service_translation (
  service_id BIGINT UNSIGNED NOT NULL,
  position   SMALLINT UNSIGNED NOT NULL COMMENT 'of the document it translates',
  language   VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'bo, mn or ug',
  source     VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'human or machine',
  translator VARCHAR(100) NOT NULL DEFAULT '',
  file_key   VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the paper with both texts beside each other, sealed',
  sha256     CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  bytes      INT UNSIGNED NOT NULL,
  added_by   BIGINT UNSIGNED NOT NULL,
  added_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (service_id, position, language)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '送达文书的译文';
