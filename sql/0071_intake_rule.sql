CREATE TABLE intake_rule (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16) NULL COMMENT 'null: for every court',
  priority   INT UNSIGNED NOT NULL COMMENT 'the lowest that fits decides',
  fits       TEXT        NOT NULL COMMENT 'JSON: cause words, form field, amount bounds in fen',
  category   VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id),
  KEY intake_rule_order (court_code, priority)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '收案分流规则';
