ALTER TABLE dossier_inner_item
  ADD COLUMN origin VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'hearing:12, of what is entered by itself: once',
  ADD UNIQUE KEY dossier_inner_item_origin (case_id, origin);
