CREATE TABLE service_contest (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  service_id   BIGINT UNSIGNED NOT NULL,
  attempt_id   BIGINT UNSIGNED NOT NULL COMMENT 'the one that gave the day',
  account_id   BIGINT UNSIGNED NOT NULL,
  claimed_on   DATE        NULL COMMENT 'none: it never arrived',
  disputed_on  DATE        NOT NULL,
  note         BLOB        NOT NULL COMMENT 'sealed',
  state        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open, accepted or refused',
  effective_on DATE        NULL,
  reason       BLOB        NULL COMMENT 'sealed',
  at           DATETIME(3) NOT NULL,
  decided_at   DATETIME(3) NULL,
  decided_by   BIGINT UNSIGNED NULL,
  PRIMARY KEY (id),
  KEY service_contest_of (service_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '对送达日期的异议';
