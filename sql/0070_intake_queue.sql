CREATE TABLE intake_queue (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16) NOT NULL,
  category   VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'civil, commercial, family, labour, administrative, execution, general',
  name       VARCHAR(60) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY intake_queue_of_court (court_code, category)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '收案审查队列';
