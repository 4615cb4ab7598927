ALTER TABLE hearing
  ADD COLUMN wanted_mode VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'what the court proposed, where consent made another mode of it',
  ADD COLUMN bars        VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'why it may not be online (在线诉讼规则§21), joined by commas';
