ALTER TABLE booking_resource ADD COLUMN language VARCHAR(20) NULL COMMENT 'of an interpreter';
