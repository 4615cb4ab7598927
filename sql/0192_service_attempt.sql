CREATE TABLE service_attempt (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  service_id  BIGINT UNSIGNED NOT NULL,
  channel     VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address     BLOB        NULL COMMENT 'sealed',
  confirmed   TINYINT(1)  NOT NULL COMMENT 'whether the party had given or confirmed this address when it was used',
  sent_at     DATETIME(3) NOT NULL,
  arrived_at  DATETIME(3) NULL,
  read_at     DATETIME(3) NULL,
  read_by     BIGINT UNSIGNED NULL,
  replied_at  DATETIME(3) NULL,
  replied_by  BIGINT UNSIGNED NULL,
  `over`      TINYINT(1)  NOT NULL DEFAULT 0 COMMENT 'nothing more is waited for',
  facts       BLOB        NULL COMMENT 'sealed: what was recorded',
  ruled       TINYINT(1)  NOT NULL DEFAULT 0 COMMENT 'the court has decided on the day',
  ruled_on    DATE        NULL COMMENT 'the day it has decided; none: it never arrived',
  PRIMARY KEY (id),
  KEY service_attempt_of (service_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '送达的每一次';
