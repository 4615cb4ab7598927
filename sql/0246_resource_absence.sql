CREATE TABLE resource_absence (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  resource_id BIGINT UNSIGNED NOT NULL,
  from_at     DATETIME(3) NOT NULL,
  to_at       DATETIME(3) NOT NULL,
  kind        VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'stated, leave, closed or imported',
  reason      VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'of rooms and the court''s own people; the public is asked for none',
  source      VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'digest of the entry it was imported from',
  by_id       BIGINT UNSIGNED NOT NULL,
  at          DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY resource_absence_source (resource_id, source),
  KEY resource_absence_of (resource_id, to_at, from_at),
  KEY resource_absence_by (by_id, to_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '不能到庭、不能使用的时间';
