CREATE TABLE thread_note (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  thread_id  BIGINT UNSIGNED NOT NULL,
  seal_ref   CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  role       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body       BLOB        NOT NULL COMMENT 'sealed; never read by any route that is open to the public',
  at         DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY thread_note_of (thread_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '法院内部备注，不对外';
