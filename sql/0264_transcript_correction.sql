CREATE TABLE transcript_correction (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hearing_id  BIGINT UNSIGNED NOT NULL,
  page        SMALLINT UNSIGNED NOT NULL,
  presence_id BIGINT UNSIGNED NOT NULL,
  wish        BLOB        NOT NULL COMMENT 'sealed',
  at          DATETIME(3) NOT NULL,
  outcome     VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'done or kept; NULL: not settled yet',
  answer      BLOB        NULL COMMENT 'sealed',
  settled_at  DATETIME(3) NULL,
  settled_by  BIGINT UNSIGNED NULL,
  PRIMARY KEY (id),
  KEY transcript_correction_of (hearing_id, page, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '当事人要求补正笔录';
