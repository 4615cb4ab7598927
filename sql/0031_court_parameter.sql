CREATE TABLE court_parameter (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  name       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '金额以分计',
  valid_from DATE        NOT NULL COMMENT '自该日起适用 (Asia/Shanghai)',
  changed_by BIGINT UNSIGNED NOT NULL,
  changed_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY court_parameter_once (court_code, name, valid_from)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '法院在法定幅度内自定的事项';
