import { stat } from "node:fs/promises";
import type mysql from "mysql2/promise";
import { verifyChain } from "#modules/audit/index.ts";
import { countRows, rowsOf, sha256Of } from "./backup-programs.ts";
import type { Manifest } from "./backup-take.ts";
import { diskFolder } from "./gateways/files/disk-folder.ts";

/** Rows come and go in these by themselves, so that a count says nothing. */
const PASSING = new Set([
  "outbox",
  "idempotency_key",
  "rate_limit",
  "session",
  "sign_in_attempt",
  "case_join_try",
  "node",
  "backup_run",
  "retention_run",
  "webhook_delivery",
]);

/** Tables whose rows are not those that were counted around the backup. */
export async function compareRows(connection: mysql.Connection, { rows }: Manifest): Promise<string[]> {
  const found = await countRows(connection);
  return Object.entries(rows).flatMap(([name, [before, after]]) => {
    const count = found[name] ?? -1;
    if (PASSING.has(name) || (count >= Math.min(before, after) && count <= Math.max(before, after))) return [];
    return [`${name}：恢复出 ${count} 行，备份前后为 ${before} 与 ${after} 行`];
  });
}

/** Every table, as the engine itself checks it. */
export async function checkTables(connection: mysql.Connection): Promise<string[]> {
  const names = Object.keys(await countRows(connection));
  const flaws: string[] = [];
  for (const name of names) {
    const told = await rowsOf<{ Msg_type: string; Msg_text: string }>(connection, `CHECK TABLE \`${name}\``);
    for (const { Msg_type: kind, Msg_text: text } of told)
      if (kind === "error" || (kind === "status" && text !== "OK")) flaws.push(`${name}：${text}`);
  }
  return flaws;
}

/** The audit chain from its first entry to its head, with the anchors that are in the database. */
export async function checkAudit(connection: mysql.Connection, auditSecret: string): Promise<string[]> {
  const read = async <T extends object>(sql: string, values: readonly unknown[] = []) =>
    rowsOf<T>(connection, sql, values);
  const { firstBad } = await verifyChain({ database: { read }, auditSecret });
  return firstBad ? [`审计链第 ${firstBad.seq} 条：${firstBad.flaw}`] : [];
}

/** Every file that a row names is there, and what was handed in is byte for byte what was handed in. */
export async function checkFiles(connection: mysql.Connection, store: string): Promise<string[]> {
  const folder = diskFolder(store);
  const flaws: string[] = [];
  const materials = await rowsOf<{ id: string; key: string; sha256: string }>(
    connection,
    "SELECT id, sealed_key AS `key`, sha256 FROM material WHERE state = 'ready' AND live = 1",
  );
  for (const { id, key, sha256 } of materials) {
    const found = await sha256Of(folder.objectPath(key)).catch(() => null);
    if (found !== sha256) flaws.push(`材料 ${id}：${found === null ? "文件不在" : "内容与登记的 SHA-256 不一致"}`);
  }
  const papers = await rowsOf<{ what: string; key: string }>(
    connection,
    `SELECT CONCAT('送达文书 ', id) AS what, file_key AS \`key\` FROM service_document WHERE file_key IS NOT NULL
     UNION ALL SELECT CONCAT('卷宗文件 ', id), file_key FROM dossier_item WHERE file_key IS NOT NULL`,
  );
  for (const { what, key } of papers)
    if (!(await stat(folder.objectPath(key)).catch(() => null))) flaws.push(`${what}：文件不在`);
  return flaws;
}
