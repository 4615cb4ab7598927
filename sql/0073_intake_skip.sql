CREATE TABLE intake_skip (
  item_id  BIGINT UNSIGNED NOT NULL,
  staff_id BIGINT UNSIGNED NOT NULL,
  reason   VARCHAR(200) NOT NULL,
  at       DATETIME(3)  NOT NULL,
  PRIMARY KEY (item_id, staff_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '跳过的收案审查件及理由';
