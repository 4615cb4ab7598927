CREATE TABLE case_event (
  id      BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  case_id BIGINT UNSIGNED NOT NULL,
  kind    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source  VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what told it: once per source',
  title   VARCHAR(100) NOT NULL,
  detail  BLOB         NULL COMMENT 'sealed',
  at      DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY case_event_source (case_id, source),
  KEY case_event_by_case (case_id, at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '案件进程';
