CREATE TABLE case_limit_event (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  case_id    BIGINT UNSIGNED NOT NULL,
  kind       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'extend or deduct',
  approver   VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'extend: president or higher_court',
  amount     SMALLINT UNSIGNED NULL COMMENT 'extend: months or days, by the procedure',
  deduction  VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'deduct: the reason',
  from_on    DATE         NOT NULL COMMENT 'extend: the day it was approved',
  to_on      DATE         NULL COMMENT 'deduct: NULL while it goes on',
  note       VARCHAR(500) NOT NULL DEFAULT '',
  account_id BIGINT UNSIGNED NOT NULL COMMENT 'who recorded it',
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY case_limit_event_case (case_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '审限变更';
