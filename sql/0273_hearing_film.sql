CREATE TABLE hearing_film (
  recording_id BIGINT UNSIGNED NOT NULL,
  state        VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'making, made or failed',
  tries        TINYINT UNSIGNED NOT NULL,
  begun_at     DATETIME(3) NOT NULL,
  made_at      DATETIME(3) NULL,
  seconds      INT UNSIGNED NULL,
  bytes        BIGINT UNSIGNED NULL,
  sha256       CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NULL,
  made_of      CHAR(64)     CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'hash of the recording it was made of',
  file_key     VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (recording_id),
  KEY hearing_film_state (state, begun_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '庭审录音录像的合成';
