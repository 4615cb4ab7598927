import { join } from "node:path";
import { parseArgs } from "node:util";
import { fetchLogs, mirrorStore, takeFull } from "./backup-take.ts";

/**
 * Everything a court needs to begin again elsewhere, but the keys: the database, its binary logs and the files of the
 * store. Nothing is stopped for it.
 *
 *     npm run backup -- --to /backup            a full backup, once a night
 *     npm run backup -- --to /backup --logs     what has come since, every minute
 */
const { values } = parseArgs({ options: { to: { type: "string" }, logs: { type: "boolean", default: false } } });
const url = process.env["DATABASE_OWNER_URL"] ?? process.env["DATABASE_URL"];
if (!values.to || !url) {
  console.error("用法：DATABASE_OWNER_URL=… DATA_DIR=… npm run backup -- --to 备份目录 [--logs]");
  process.exit(2);
}
const began = performance.now();
const full = values.logs ? null : await takeFull(url, values.to);
const logs = await fetchLogs(url, values.to);
const files =
  process.env["FILES_DRIVER"] === "oss"
    ? null
    : await mirrorStore(join(process.env["DATA_DIR"] ?? "./var", "store"), values.to);
if (full) console.log(`整库备份（${full.kind}）：${full.place}，${full.bytes} 字节`);
console.log(
  logs ? `日志备份：${logs.place}，新取 ${logs.bytes} 字节` : "数据库没有开启 binlog，只能恢复到整库备份的时刻",
);
console.log(files === null ? "材料在 OSS 中，由存储桶的版本与跨区域复制保存" : `材料：新增 ${files} 个文件`);
console.log(`用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒`);
