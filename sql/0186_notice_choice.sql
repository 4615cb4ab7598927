CREATE TABLE notice_choice (
  account_id BIGINT UNSIGNED NOT NULL,
  group_code VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel    VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  wanted     TINYINT(1)   NOT NULL,
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (account_id, group_code, channel)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '个人的通知选择';
