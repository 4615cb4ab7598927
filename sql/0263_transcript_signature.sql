CREATE TABLE transcript_signature (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hearing_id  BIGINT UNSIGNED NOT NULL,
  page        SMALLINT UNSIGNED NOT NULL,
  presence_id BIGINT UNSIGNED NOT NULL,
  sha256      CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'of the page as it was signed: another text is not signed',
  picture     MEDIUMBLOB  NULL COMMENT 'sealed; of who signed on a phone',
  refused     BLOB        NULL COMMENT 'sealed; why no signature was given (民诉法§150), noted by the court',
  account_id  BIGINT UNSIGNED NOT NULL COMMENT 'who signed, or who noted the refusal',
  at          DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY transcript_signature_once (hearing_id, page, presence_id, sha256)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '庭审笔录逐页签名';
