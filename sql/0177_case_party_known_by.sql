ALTER TABLE case_party
  ADD COLUMN kind      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'natural' COMMENT 'natural or organisation',
  ADD COLUMN rep_index CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'keyed index of the legal representative''s name';
