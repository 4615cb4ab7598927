ALTER TABLE staff
  ADD COLUMN title VARCHAR(40) NOT NULL DEFAULT '' COMMENT '职务',
  ADD COLUMN first_password_until DATETIME(3) NULL COMMENT 'the password was given by an administrator: good until then, for setting one''s own';
