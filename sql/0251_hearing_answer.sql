CREATE TABLE hearing_answer (
  negotiation_id BIGINT UNSIGNED NOT NULL,
  party_key      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id     BIGINT UNSIGNED NOT NULL COMMENT 'the last who answered for it',
  at             DATETIME(3) NOT NULL,
  PRIMARY KEY (negotiation_id, party_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '对备选时间的答复';
