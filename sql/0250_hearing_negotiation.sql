CREATE TABLE hearing_negotiation (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hearing_id BIGINT UNSIGNED NOT NULL,
  turn       TINYINT UNSIGNED NOT NULL COMMENT 'dates were proposed for the so many-th time',
  purpose    VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'first: a time for it; change: another time',
  state      VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open, agreed, renewed, court or over',
  asked_by   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'party key: who wants another time',
  reason     BLOB        NULL COMMENT 'sealed: why',
  opened_at  DATETIME(3) NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  closed_at  DATETIME(3) NULL,
  closed_by  VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'all: everybody had answered; time: it ran out; court',
  PRIMARY KEY (id),
  UNIQUE KEY hearing_negotiation_turn (hearing_id, turn)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '商定开庭时间';
