CREATE TABLE inner_feed (
  id      TINYINT UNSIGNED NOT NULL,
  place   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the last one that was read; NULL: nothing yet',
  read_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  CONSTRAINT inner_feed_one CHECK (id = 1)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '内部系统进程的读取位置';
