CREATE TABLE node (
  id         VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'process, machine and number of the process',
  process    VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'api, worker',
  version    VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_at DATETIME(3)  NOT NULL,
  seen_at    DATETIME(3)  NOT NULL,
  facts      TEXT         NOT NULL COMMENT 'JSON: disks and gateways as this process sees them',
  PRIMARY KEY (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = '运行中的进程；正常退出的不留下';
