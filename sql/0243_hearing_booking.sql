CREATE TABLE hearing_booking (
  resource_id BIGINT UNSIGNED NOT NULL,
  quarter     INT UNSIGNED    NOT NULL COMMENT 'of an hour: unix time / 900',
  hearing_id  BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (resource_id, quarter) COMMENT 'nobody and no room is ever booked twice',
  KEY hearing_booking_of (hearing_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '排期占用';
