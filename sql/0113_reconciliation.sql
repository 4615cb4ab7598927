CREATE TABLE reconciliation (
  day             DATE         NOT NULL,
  state           VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'matched, differing',
  bill_payments   INT UNSIGNED NOT NULL,
  bill_paid_fen   BIGINT       NOT NULL,
  bill_refunds    INT UNSIGNED NOT NULL,
  bill_refunded_fen BIGINT     NOT NULL,
  our_payments    INT UNSIGNED NOT NULL,
  our_paid_fen    BIGINT       NOT NULL,
  our_refunds     INT UNSIGNED NOT NULL,
  our_refunded_fen BIGINT      NOT NULL,
  at              DATETIME(3)  NOT NULL,
  PRIMARY KEY (day)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '对账';
