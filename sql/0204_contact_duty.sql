CREATE TABLE contact_duty (
  court_code VARCHAR(16) NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  position   SMALLINT UNSIGNED NOT NULL,
  changed_by BIGINT UNSIGNED NOT NULL,
  changed_at DATETIME(3) NOT NULL,
  PRIMARY KEY (court_code, account_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '联系法官值班人员';
