CREATE TABLE inner_event (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  inner_id    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'theirs: told twice, kept once',
  case_number VARCHAR(64)  NOT NULL,
  sequence    INT UNSIGNED NOT NULL COMMENT 'within the case: applied in this order',
  kind        VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facts       BLOB         NOT NULL COMMENT 'sealed',
  happened_at DATETIME(3)  NOT NULL,
  state       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'waiting, applied or refused',
  reason      VARCHAR(200) NOT NULL DEFAULT '',
  received_at DATETIME(3)  NOT NULL,
  applied_at  DATETIME(3)  NULL,
  PRIMARY KEY (id),
  UNIQUE KEY inner_event_inner (inner_id),
  UNIQUE KEY inner_event_order (case_number, sequence),
  KEY inner_event_waiting (state, case_number, sequence)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '内部系统告知的案件进程';
