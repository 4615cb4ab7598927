CREATE TABLE material_shelf (
  owner_kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner_id   BIGINT UNSIGNED NOT NULL,
  files      INT UNSIGNED NOT NULL DEFAULT 0,
  bytes      BIGINT UNSIGNED NOT NULL DEFAULT 0,
  taken      INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'places ever given, removed ones too',
  PRIMARY KEY (owner_kind, owner_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '材料数量与容量计数';
