CREATE TABLE message (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  event_id   BIGINT UNSIGNED NOT NULL COMMENT 'the event it tells of: once per account',
  template   VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title      VARCHAR(100) NOT NULL,
  body       BLOB         NOT NULL COMMENT 'sealed',
  link_kind  VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  link_id    BIGINT UNSIGNED NULL,
  at         DATETIME(3)  NOT NULL,
  read_at    DATETIME(3)  NULL,
  PRIMARY KEY (id),
  UNIQUE KEY message_of_event (account_id, event_id, template),
  KEY message_by_account (account_id, id),
  KEY message_unread (account_id, read_at, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '站内消息';
