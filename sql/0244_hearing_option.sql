CREATE TABLE hearing_option (
  hearing_id BIGINT UNSIGNED NOT NULL,
  ordinal    TINYINT UNSIGNED NOT NULL,
  starts_at  DATETIME(3) NOT NULL,
  room_id    BIGINT UNSIGNED NULL,
  PRIMARY KEY (hearing_id, ordinal)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '备选开庭时间';
