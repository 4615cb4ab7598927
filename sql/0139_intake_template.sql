CREATE TABLE intake_template (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16)   NOT NULL,
  kind       VARCHAR(8)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'defect, ground or note',
  code       VARCHAR(40)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'of the defect or ground it goes with; empty: any',
  title      VARCHAR(60)   NOT NULL,
  body       VARCHAR(1000) NOT NULL COMMENT 'with placeholders in braces',
  version    INT UNSIGNED  NOT NULL DEFAULT 1,
  changed_by BIGINT UNSIGNED NOT NULL,
  changed_at DATETIME(3)   NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY intake_template_title (court_code, kind, code, title)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '法院的说理模板';
