ALTER TABLE case_participant
  ADD COLUMN delegation_id BIGINT UNSIGNED NULL COMMENT 'NULL: takes part by a right of their own; else what it is derived from, see case_delegation',
  ADD COLUMN through_id BIGINT UNSIGNED NULL COMMENT 'whose participation it is derived from: it ends with that one',
  ADD UNIQUE KEY case_participant_delegation (delegation_id, through_id);
