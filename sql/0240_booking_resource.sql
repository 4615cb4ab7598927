CREATE TABLE booking_resource (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'judge, assessor, clerk, courtroom, online_room or person',
  ref        VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'account id; keyed index of an identity number; of rooms and assessors their own',
  court_code VARCHAR(16) NULL COMMENT 'NULL: of the public, the same row in every court',
  name       VARCHAR(60) NOT NULL DEFAULT '' COMMENT 'of rooms and assessors; never of the public',
  place      CHAR(6)     CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'division a courtroom stands in, where it is not its court''s own',
  working    VARCHAR(200) NULL COMMENT 'hours of its own: 09:00-12:00,14:00-17:30',
  closed_at  DATETIME(3) NULL COMMENT 'no longer to be booked',
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY booking_resource_ref (kind, ref),
  KEY booking_resource_court (court_code, kind, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '可排期的人员和场所';
