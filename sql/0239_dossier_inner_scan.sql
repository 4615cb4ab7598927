ALTER TABLE dossier_inner_item
  ADD COLUMN file_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'a scan: in the store, under a seal that only 副卷 opens; its body is empty',
  ADD COLUMN position INT UNSIGNED NULL COMMENT 'where the bench put it under its heading';
