CREATE TABLE staff_absence (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  court_code VARCHAR(16) NOT NULL,
  from_day   DATE        NOT NULL COMMENT 'court day, Asia/Shanghai',
  until_day  DATE        NOT NULL COMMENT 'the last day away',
  kind       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  noted_by   BIGINT UNSIGNED NOT NULL,
  noted_at   DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY staff_absence_of_court (court_code, until_day, from_day),
  KEY staff_absence_of_person (account_id, until_day)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '工作人员不在岗日历';
