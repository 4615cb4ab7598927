CREATE TABLE hearing_break (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hearing_id  BIGINT UNSIGNED NOT NULL,
  presence_id BIGINT UNSIGNED NOT NULL,
  source      VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'silence: nothing was heard of the page; page: it said so; court: noted by hand',
  cause       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'as the court found: network, device, power, force_majeure, left or other',
  note        VARCHAR(200) NOT NULL DEFAULT '',
  from_at     DATETIME(3) NOT NULL,
  to_at       DATETIME(3) NULL,
  PRIMARY KEY (id),
  KEY hearing_break_of (hearing_id, id),
  KEY hearing_break_open (presence_id, to_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '在线庭审断线记录';
