CREATE TABLE database_writer (
  id   TINYINT UNSIGNED NOT NULL COMMENT 'always 1',
  node VARCHAR(100) NOT NULL COMMENT 'wsrep_node_name of the one node that is written to',
  at   DATETIME(3) NOT NULL COMMENT 'since when',
  PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '集群中当前的写入节点；单机数据库不用';
