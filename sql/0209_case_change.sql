CREATE TABLE case_change (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id      BIGINT UNSIGNED NOT NULL COMMENT 'who is told',
  case_id         BIGINT UNSIGNED NOT NULL,
  event_id        BIGINT UNSIGNED NOT NULL,
  kind            VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  about           VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title           VARCHAR(120) NOT NULL COMMENT 'names nobody',
  at              DATETIME(3)  NOT NULL,
  obligation_id   BIGINT UNSIGNED NULL COMMENT 'what it has their party do',
  acknowledged    TINYINT(1)   NOT NULL DEFAULT 0,
  acknowledged_at DATETIME(3)  NULL,
  PRIMARY KEY (id),
  UNIQUE KEY case_change_once (account_id, event_id),
  KEY case_change_inbox (account_id, acknowledged, id),
  KEY case_change_since (account_id, at, id),
  KEY case_change_case (account_id, case_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '案件变动';
