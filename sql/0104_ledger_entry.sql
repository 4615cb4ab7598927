CREATE TABLE ledger_entry (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  fact       VARCHAR(80)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'notice:5:charged:1, payment:8:received …: one row each',
  court_code VARCHAR(16)  NOT NULL,
  notice_id  BIGINT UNSIGNED NOT NULL,
  payment_id BIGINT UNSIGNED NULL,
  refund_id  BIGINT UNSIGNED NULL,
  debit      VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '借',
  credit     VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT '贷',
  amount_fen BIGINT       NOT NULL,
  at         DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY ledger_entry_fact (fact),
  KEY ledger_entry_notice (notice_id, id),
  KEY ledger_entry_court (court_code, at, id),
  CONSTRAINT ledger_entry_positive CHECK (amount_fen > 0),
  CONSTRAINT ledger_entry_two_sides CHECK (debit <> credit)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '诉讼费账簿，只增不改';
