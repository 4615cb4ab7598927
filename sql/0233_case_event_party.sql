ALTER TABLE case_event ADD COLUMN party_key VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'the court and this party alone read it; NULL: everybody';
