CREATE TABLE intake_record (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16)  NOT NULL,
  on_day     DATE         NOT NULL COMMENT 'court day, Asia/Shanghai',
  action     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'arrive, or the decision',
  round      INT UNSIGNED NOT NULL,
  staff_id   BIGINT UNSIGNED NOT NULL COMMENT '0: the system',
  cause_code VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  hours      INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'from receipt in this round to the decision',
  late       BOOLEAN      NOT NULL DEFAULT FALSE COMMENT 'decided after its period',
  item_id    BIGINT UNSIGNED NOT NULL,
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY intake_record_period (court_code, on_day, action, round, staff_id, cause_code, hours, late),
  KEY intake_record_item (item_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '收案与决定登记，统计由此而来，只增不改';
