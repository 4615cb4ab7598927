ALTER TABLE dossier_item
  ADD COLUMN position INT UNSIGNED NULL COMMENT 'where the court put it under its heading; NULL: behind those, by its day',
  ADD COLUMN paper VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'which of the papers every dossier must hold (民诉法解释§263)';
