CREATE TABLE intake_series_result (
  move_id  BIGINT UNSIGNED NOT NULL,
  position INT UNSIGNED    NOT NULL,
  item_id  BIGINT UNSIGNED NOT NULL,
  outcome  VARCHAR(8)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'pending' COMMENT 'pending, done or refused',
  code     VARCHAR(60)     CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'of the problem, where refused',
  message  VARCHAR(500)    NOT NULL DEFAULT '',
  PRIMARY KEY (move_id, position),
  UNIQUE KEY intake_series_result_item (move_id, item_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '系列案件逐件处理结果';
