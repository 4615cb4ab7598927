CREATE TABLE intake_record_code (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16)  NOT NULL,
  on_day     DATE         NOT NULL,
  action     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'return or refuse',
  code       VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the defect or the ground',
  staff_id   BIGINT UNSIGNED NOT NULL,
  record_id  BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  KEY intake_record_code_period (court_code, on_day, action, code, staff_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '补正事项与不予受理事由登记';
