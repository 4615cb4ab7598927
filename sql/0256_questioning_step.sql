CREATE TABLE questioning_step (
  id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  questioning_id BIGINT UNSIGNED NOT NULL,
  action         VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor_id       BIGINT UNSIGNED NOT NULL,
  at             DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY questioning_step_of (questioning_id, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '提讯的办理经过';
