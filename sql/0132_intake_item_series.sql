ALTER TABLE intake_item
  ADD COLUMN series_id BIGINT UNSIGNED NULL COMMENT '系列案件',
  ADD COLUMN entered_at DATETIME(3) NULL COMMENT 'when it came into the queue for this round',
  ADD KEY intake_item_series (series_id, state, received_at, id);
