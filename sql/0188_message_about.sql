ALTER TABLE message
  ADD COLUMN about      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the object of the event: filing:12',
  ADD COLUMN court_code VARCHAR(16) NULL COMMENT 'whose people may see whether it reached',
  ADD KEY message_about (about, id),
  ADD KEY message_link (link_kind, link_id, id);
