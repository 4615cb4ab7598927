CREATE TABLE intake_series_move (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  series_id   BIGINT UNSIGNED NOT NULL,
  actor_id    BIGINT UNSIGNED NOT NULL,
  request_key CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the Idempotency-Key: the same key goes on with the same move',
  body_hash   CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  action      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at          DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY intake_series_move_once (series_id, actor_id, request_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '系列案件的一并处理';
