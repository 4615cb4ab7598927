CREATE TABLE filing_source (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  filing_id   BIGINT UNSIGNED NOT NULL,
  pointer     VARCHAR(200) NOT NULL COMMENT 'JSON pointer into the content, lists by key: /parties/p1/name',
  material_id BIGINT UNSIGNED NOT NULL,
  field       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'name of the field in the reading of that material',
  account_id  BIGINT UNSIGNED NOT NULL COMMENT 'who took it over',
  at          DATETIME(3)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY filing_source_place (filing_id, pointer),
  KEY filing_source_material (material_id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '填写内容的出处';
