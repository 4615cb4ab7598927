ALTER TABLE intake_series MODIFY cause_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL;
