CREATE TABLE contact_template (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16)   NOT NULL,
  title      VARCHAR(60)   NOT NULL,
  body       VARCHAR(1000) NOT NULL,
  changed_by BIGINT UNSIGNED NOT NULL,
  changed_at DATETIME(3)   NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY contact_template_title (court_code, title)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '法院的答复模板';
