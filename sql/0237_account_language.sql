ALTER TABLE account
  ADD COLUMN language VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'zh-CN' COMMENT 'of the screens';
