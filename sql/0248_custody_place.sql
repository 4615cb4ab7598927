CREATE TABLE custody_place (
  id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  court_code VARCHAR(16)  NOT NULL COMMENT 'whose list it stands in; another court lists the same place for itself',
  kind       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name       VARCHAR(60)  NOT NULL COMMENT 'in full: with a room''s name it names the same room in every court',
  phone      VARCHAR(30)  NOT NULL COMMENT 'of its office',
  hours      VARCHAR(200) NOT NULL COMMENT 'open to this court: 09:00-12:00,14:00-17:30',
  rooms      VARCHAR(1000) NOT NULL COMMENT 'JSON: the names of its video rooms',
  closed_at  DATETIME(3)  NULL COMMENT 'no longer to be booked',
  version    INT UNSIGNED NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY custody_place_name (court_code, name)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '羁押场所';
