ALTER TABLE obligation ADD COLUMN previous_on DATE NULL COMMENT 'the last day as it was before the latest change';
