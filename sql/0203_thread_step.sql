CREATE TABLE thread_step (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  thread_id  BIGINT UNSIGNED NOT NULL,
  action     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  why        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  actor_id   BIGINT UNSIGNED NOT NULL,
  role       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  turn       INT UNSIGNED NOT NULL,
  rung       TINYINT UNSIGNED NULL COMMENT 'of an escalation: each once in a waiting',
  from_id    BIGINT UNSIGNED NULL,
  to_id      BIGINT UNSIGNED NULL,
  at         DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY thread_step_rung (thread_id, turn, rung),
  KEY thread_step_of (thread_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '联系法官的流转记录';
