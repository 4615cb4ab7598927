ALTER TABLE reception
  ADD COLUMN declined BLOB NULL COMMENT 'sealed; why the judge of the court above does not take part' AFTER upper_receiver_id;
