ALTER TABLE filing ADD COLUMN channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'online' COMMENT 'online, paper (窗口收件) or transfer (移送)';
