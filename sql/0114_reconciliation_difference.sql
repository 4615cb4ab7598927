CREATE TABLE reconciliation_difference (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  day           DATE         NOT NULL,
  kind          VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reference     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'order or refund number',
  court_code    VARCHAR(16)  NULL,
  order_number  VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  refund_number VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  bill_fen      BIGINT       NULL,
  our_fen       BIGINT       NULL,
  state         VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open, settled, explained',
  note          VARCHAR(200) NULL,
  explained_by  BIGINT UNSIGNED NULL,
  explained_at  DATETIME(3)  NULL,
  at            DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY reconciliation_difference_one (day, kind, reference),
  KEY reconciliation_difference_open (state, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '对账差异';
