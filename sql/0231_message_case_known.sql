UPDATE message SET case_id = link_id WHERE link_kind = 'case' AND case_id IS NULL;
