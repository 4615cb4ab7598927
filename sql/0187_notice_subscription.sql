CREATE TABLE notice_subscription (
  account_id  BIGINT UNSIGNED NOT NULL,
  template_id VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '微信订阅消息模板',
  left_count  INT UNSIGNED NOT NULL COMMENT 'how many messages the person has agreed to and not had',
  at          DATETIME(3)  NOT NULL,
  PRIMARY KEY (account_id, template_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '微信订阅消息余额';
