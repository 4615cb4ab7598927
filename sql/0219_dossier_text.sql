CREATE TABLE dossier_text (
  item_id     BIGINT UNSIGNED NOT NULL,
  case_id     BIGINT UNSIGNED NOT NULL,
  media       VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state       VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'queued, reading, done or failed',
  attempts    INT UNSIGNED NOT NULL DEFAULT 0,
  lease_until DATETIME(3) NULL,
  body        MEDIUMBLOB  NULL COMMENT 'sealed: the text of each page',
  made_at     DATETIME(3) NOT NULL,
  done_at     DATETIME(3) NULL,
  PRIMARY KEY (item_id),
  KEY dossier_text_case (case_id),
  KEY dossier_text_queue (state, made_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '卷宗文字层';
