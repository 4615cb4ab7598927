CREATE TABLE hearing_consent (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  seal_ref   CHAR(32)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the reason is bound to it',
  case_id    BIGINT UNSIGNED NOT NULL,
  hearing_id BIGINT UNSIGNED NOT NULL COMMENT 'on which occasion it was said',
  stage      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'hearing, mediation, evidence or inquiry',
  party_key  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL COMMENT 'who said it',
  answer     VARCHAR(3)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'yes or no',
  reason     BLOB        NULL COMMENT 'sealed',
  at         DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY hearing_consent_of (case_id, stage, party_key, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '是否同意在线进行（逐环节）';
