ALTER TABLE court_case
  ADD COLUMN closed_on DATE NULL COMMENT '结案',
  ADD COLUMN outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'judgment, mediation, withdrawal, dismissal, transfer';
