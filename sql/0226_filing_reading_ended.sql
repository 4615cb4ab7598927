ALTER TABLE filing ADD COLUMN reading_ended_at DATETIME(3) NULL COMMENT 'whoever filed as an agent reads it until their agency in the case ends (民诉法§63)';
