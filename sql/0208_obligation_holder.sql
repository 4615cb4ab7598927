CREATE TABLE obligation_holder (
  account_id    BIGINT UNSIGNED NOT NULL COMMENT 'who acts for the party; access is asked anew at every reading',
  obligation_id BIGINT UNSIGNED NOT NULL,
  case_id       BIGINT UNSIGNED NOT NULL,
  state         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'as in obligation',
  due_on        DATE        NOT NULL COMMENT 'as in obligation',
  PRIMARY KEY (account_id, obligation_id),
  KEY obligation_holder_due (account_id, state, due_on, obligation_id),
  KEY obligation_holder_case (account_id, case_id, state, due_on, obligation_id),
  KEY obligation_holder_of (obligation_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '待办义务的办理人';
