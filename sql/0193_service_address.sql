CREATE TABLE service_address (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  seal_ref     CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id      BIGINT UNSIGNED NOT NULL,
  party_key    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version      INT UNSIGNED NOT NULL COMMENT 'the last one counts; those before stay as they were',
  content      BLOB        NOT NULL COMMENT 'sealed',
  electronic   TINYINT(1)  NOT NULL,
  judgments    TINYINT(1)  NOT NULL,
  confirmed_at DATETIME(3) NOT NULL,
  confirmed_by BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY service_address_version (case_id, party_key, version)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '送达地址确认书';
