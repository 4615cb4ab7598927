ALTER TABLE court_case
  ADD COLUMN judge_id       BIGINT UNSIGNED NULL COMMENT '承办法官、审判长',
  ADD COLUMN panel_ids      VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT '合议庭其他成员',
  ADD COLUMN court_clerk_id BIGINT UNSIGNED NULL COMMENT '书记员',
  ADD COLUMN trial_procedure VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'ordinary, summary or small',
  ADD COLUMN exchange       VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'synchronous' COMMENT '证据交换: synchronous or asynchronous (在线诉讼规则§14)';
