CREATE TABLE filing_submission (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id    BIGINT UNSIGNED NOT NULL,
  round        INT UNSIGNED NOT NULL,
  content      MEDIUMBLOB   NOT NULL COMMENT 'sealed',
  material_ids MEDIUMTEXT   NOT NULL COMMENT 'JSON list',
  content_hash CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at           DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY filing_submission_round (filing_id, round)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '各轮提交的内容';
