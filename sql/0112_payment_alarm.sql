CREATE TABLE payment_alarm (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code   VARCHAR(16)  NULL,
  kind         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source       VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'what told of it: one alarm for each',
  order_number VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  facts        TEXT         NOT NULL COMMENT 'JSON, no personal data',
  at           DATETIME(3)  NOT NULL,
  resolved_by  BIGINT UNSIGNED NULL,
  resolved_at  DATETIME(3)  NULL,
  note         VARCHAR(200) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY payment_alarm_source (kind, source),
  KEY payment_alarm_court (court_code, resolved_at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '支付异常';
