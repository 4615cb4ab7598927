CREATE TABLE thread_message (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  thread_id    BIGINT UNSIGNED NOT NULL,
  n            INT UNSIGNED NOT NULL COMMENT 'place in the thread; what is sealed is bound to it',
  side         VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'party or court',
  account_id   BIGINT UNSIGNED NOT NULL,
  role         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body         BLOB        NOT NULL COMMENT 'sealed',
  material_ids VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'joined by commas',
  to_all       TINYINT(1)  NOT NULL DEFAULT 0 COMMENT 'an answer that all parties read in the course of the case',
  at           DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY thread_message_n (thread_id, n)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '联系法官的留言和答复';
