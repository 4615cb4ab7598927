CREATE TABLE hearing_summoned (
  hearing_id BIGINT UNSIGNED NOT NULL,
  starts_at  DATETIME(3) NOT NULL COMMENT 'the time that people were summoned to',
  at         DATETIME(3) NOT NULL,
  PRIMARY KEY (hearing_id, at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '已发出的开庭通知';
