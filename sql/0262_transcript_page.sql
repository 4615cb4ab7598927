CREATE TABLE transcript_page (
  hearing_id BIGINT UNSIGNED NOT NULL,
  page       SMALLINT UNSIGNED NOT NULL,
  body       MEDIUMBLOB  NOT NULL COMMENT 'sealed',
  sha256     CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the text: what a signature is over',
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  changed_at DATETIME(3) NOT NULL,
  changed_by BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (hearing_id, page)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '庭审笔录的一页';
