CREATE TABLE thread_reading (
  thread_id  BIGINT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  seen       INT UNSIGNED NOT NULL COMMENT 'the last message this account has had before them',
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (thread_id, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '联系法官：各人看到哪里';
