ALTER TABLE fee_notice ADD COLUMN refund_promised_fen BIGINT NOT NULL DEFAULT 0 COMMENT '因变更应退（累计）' AFTER refunded_fen;
