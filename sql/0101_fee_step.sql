CREATE TABLE fee_step (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  notice_id  BIGINT UNSIGNED NOT NULL,
  action     VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_state   VARCHAR(24)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id   BIGINT UNSIGNED NOT NULL,
  role       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note       BLOB         NULL COMMENT 'sealed',
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  KEY fee_step_notice (notice_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '交费通知流转记录';
