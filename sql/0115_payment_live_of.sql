ALTER TABLE payment
  ADD COLUMN live_of VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'notice:account while it may still be paid: one live order for each' AFTER state,
  ADD UNIQUE KEY payment_live (live_of);
