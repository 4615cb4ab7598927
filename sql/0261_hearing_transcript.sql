CREATE TABLE hearing_transcript (
  hearing_id BIGINT UNSIGNED NOT NULL,
  seal_ref   CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what is sealed in it is bound to it',
  state      VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'typing, offered or closed',
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  began_at   DATETIME(3) NOT NULL,
  offered_at DATETIME(3) NULL,
  closed_at  DATETIME(3) NULL,
  closed_by  BIGINT UNSIGNED NULL,
  PRIMARY KEY (hearing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '庭审笔录';
