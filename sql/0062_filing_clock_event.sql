CREATE TABLE filing_clock_event (
  id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id      BIGINT UNSIGNED NOT NULL,
  event          VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'start, pause, restart, resume or stop',
  on_day         DATE         NOT NULL COMMENT 'court day, Asia/Shanghai',
  due_on         DATE         NULL,
  nominal_due_on DATE         NULL,
  provisional    BOOLEAN      NOT NULL DEFAULT FALSE COMMENT '当年放假安排未公布',
  basis          VARCHAR(200) NOT NULL,
  note           VARCHAR(200) NOT NULL,
  at             DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY filing_clock_event_by_filing (filing_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '审查期限的起算、中断与重新计算';
