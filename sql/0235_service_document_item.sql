ALTER TABLE service_document ADD COLUMN item_id BIGINT UNSIGNED NULL COMMENT 'of the dossier, where source is dossier';
