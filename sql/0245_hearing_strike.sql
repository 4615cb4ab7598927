CREATE TABLE hearing_strike (
  hearing_id BIGINT UNSIGNED NOT NULL,
  ordinal    TINYINT UNSIGNED NOT NULL COMMENT 'of the option',
  party_key  VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL COMMENT 'who struck it',
  at         DATETIME(3) NOT NULL,
  PRIMARY KEY (hearing_id, ordinal, party_key)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '划去的备选时间';
