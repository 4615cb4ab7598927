CREATE TABLE hearing_room (
  hearing_id    BIGINT UNSIGNED NOT NULL,
  seal_ref      CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what is sealed in this room is bound to it',
  state         VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open or ended',
  opened_at     DATETIME(3) NOT NULL,
  ended_at      DATETIME(3) NULL,
  PRIMARY KEY (hearing_id),
  KEY hearing_room_state (state, opened_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '在线庭审房间';
