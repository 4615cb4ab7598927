CREATE TABLE intake_desk (
  staff_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (staff_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '立案人员：领取时逐人排队，使在手件数不越上限';
