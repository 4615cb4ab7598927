CREATE TABLE fee_change (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  notice_id  BIGINT UNSIGNED NOT NULL,
  reason     VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facts      TEXT         NOT NULL COMMENT 'JSON: the facts from now on',
  before_fen BIGINT       NOT NULL,
  after_fen  BIGINT       NOT NULL,
  steps      TEXT         NOT NULL COMMENT 'JSON',
  note       BLOB         NULL COMMENT 'sealed',
  actor_id   BIGINT UNSIGNED NOT NULL,
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY fee_change_notice (notice_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '诉讼费变动';
