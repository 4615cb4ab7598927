CREATE TABLE sign_in_attempt (
  username_index CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed index; kept for names that nobody has, too',
  misses         INT UNSIGNED NOT NULL DEFAULT 0,
  locked_until   DATETIME(3) NULL,
  at             DATETIME(3) NOT NULL,
  PRIMARY KEY (username_index),
  KEY sign_in_attempt_age (at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '工作人员登录失败计数';
