CREATE TABLE submission_step (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  submission_id BIGINT UNSIGNED NOT NULL,
  action        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_state      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id      BIGINT UNSIGNED NOT NULL,
  role          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note          BLOB        NULL COMMENT 'sealed',
  at            DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY submission_step_of (submission_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '诉讼中提交的流转记录';
