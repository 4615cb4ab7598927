CREATE TABLE filing_mediation (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id   BIGINT UNSIGNED NOT NULL,
  round       INT UNSIGNED NOT NULL,
  court_code  VARCHAR(16)  NOT NULL,
  started_on  DATE         NOT NULL,
  first_due_on DATE        NOT NULL COMMENT 'thirty days',
  due_on      DATE         NOT NULL COMMENT 'as extended by consent of both sides',
  state       VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'running, settled, failed, expired or withdrawn',
  confirmation BOOLEAN     NOT NULL DEFAULT FALSE COMMENT '当事人申请司法确认',
  note        BLOB         NULL COMMENT 'sealed',
  ended_on    DATE         NULL,
  PRIMARY KEY (id),
  UNIQUE KEY filing_mediation_round (filing_id, round, started_on),
  KEY filing_mediation_of_court (court_code, state, due_on, id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '诉前调解';
