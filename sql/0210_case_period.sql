CREATE TABLE case_period (
  case_id       BIGINT UNSIGNED NOT NULL,
  court_code    VARCHAR(16) NOT NULL,
  evidence_days SMALLINT UNSIGNED NULL COMMENT '举证期限, as the court set it or agreed to it',
  answer_days   SMALLINT UNSIGNED NULL COMMENT '小额诉讼 only: as agreed',
  abroad        VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'parties without a residence here',
  effective_on  DATE        NULL COMMENT '裁判生效之日',
  perform_by    DATE        NULL COMMENT '履行期间最后一日',
  entitled      VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'who may ask for enforcement',
  preservations TEXT        NOT NULL COMMENT 'JSON: what is under preservation, since when',
  set_by        BIGINT UNSIGNED NOT NULL,
  set_at        DATETIME(3) NOT NULL,
  version       INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (case_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '本案期间的事实';
