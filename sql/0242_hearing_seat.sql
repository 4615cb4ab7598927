CREATE TABLE hearing_seat (
  id             BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hearing_id     BIGINT UNSIGNED NOT NULL,
  resource_id    BIGINT UNSIGNED NULL COMMENT 'NULL: nobody whose time is known here',
  role           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  booked         TINYINT(1)  NOT NULL COMMENT 'their time is kept for it',
  participant_id BIGINT UNSIGNED NULL,
  account_id     BIGINT UNSIGNED NULL,
  party_key      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  mode           VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'in_person or online; NULL: as the hearing',
  PRIMARY KEY (id),
  KEY hearing_seat_of (hearing_id),
  KEY hearing_seat_account (account_id, hearing_id),
  KEY hearing_seat_resource (resource_id, hearing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '开庭席位';
