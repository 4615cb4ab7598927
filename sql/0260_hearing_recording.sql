CREATE TABLE hearing_recording (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  hearing_id  BIGINT UNSIGNED NOT NULL,
  ordinal     SMALLINT UNSIGNED NOT NULL,
  started_at  DATETIME(3) NOT NULL,
  started_by  BIGINT UNSIGNED NOT NULL,
  stopped_at  DATETIME(3) NULL,
  stopped_by  BIGINT UNSIGNED NULL,
  reason      VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'why it was stopped (法释〔2017〕5号§3): recess, closed_part, mediation or end',
  files       MEDIUMTEXT  NULL COMMENT 'name, bytes and SHA-256 of each; NULL while they are not counted yet',
  unfinished  SMALLINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'files that were never brought to an end',
  sha256      CHAR(64)    CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'over the one before and these files',
  PRIMARY KEY (id),
  UNIQUE KEY hearing_recording_of (hearing_id, ordinal)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '庭审录音录像';
