CREATE TABLE filing_correction (
  id              BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id       BIGINT UNSIGNED NOT NULL,
  round           INT UNSIGNED NOT NULL,
  defects         MEDIUMBLOB   NOT NULL COMMENT 'sealed',
  due_on          DATE         NOT NULL,
  override_reason VARCHAR(500) NULL COMMENT '再次要求补正的批准理由',
  returned_at     DATETIME(3)  NOT NULL,
  answered_at     DATETIME(3)  NULL,
  PRIMARY KEY (id),
  UNIQUE KEY filing_correction_round (filing_id, round)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '一次性补正告知';
