ALTER TABLE hearing MODIFY case_id BIGINT UNSIGNED NULL COMMENT 'NULL: a reception, which belongs to no case';
