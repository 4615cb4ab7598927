CREATE TABLE outbox (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name       VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  about      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'kind:id of the object',
  court_code VARCHAR(16)  COLLATE utf8mb4_bin NULL,
  payload    TEXT         NOT NULL COMMENT 'JSON, no personal data',
  actor_id   BIGINT UNSIGNED NOT NULL,
  role       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  at         DATETIME(3)  NOT NULL,
  attempts   INT UNSIGNED NOT NULL DEFAULT 0,
  due_at     DATETIME(3)  NOT NULL,
  done_at    DATETIME(3)  NULL,
  PRIMARY KEY (id),
  KEY outbox_due (done_at, due_at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '待投递事件与定时事件';
