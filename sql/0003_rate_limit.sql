CREATE TABLE rate_limit (
  `key`  VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  points INT NOT NULL DEFAULT 0,
  expire BIGINT UNSIGNED NULL,
  PRIMARY KEY (`key`)
) DEFAULT CHARSET = utf8mb4 COMMENT = '登录限速计数（各节点共享）';
