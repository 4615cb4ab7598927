import { cp, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { needProgram, run, sha256Of } from "./backup-programs.ts";
import type { Manifest } from "./backup-take.ts";
import { readConfig } from "./config.ts";
import { openRestored } from "./restore-server.ts";
import { checkAudit, checkFiles, checkTables, compareRows } from "./restore-verify.ts";

export interface Restoring {
  readonly from: string;
  readonly into: string;
  /** Up to this instant, not included; null: all there is. */
  readonly until: Date | null;
  /** Binary logs that are newer than the backup's own: the folder of the database that was lost, where it is still there. */
  readonly logs?: string | undefined;
  readonly auditSecret: string;
  readonly say: (line: string) => void;
}

/** Brings a physical backup and its logs to an instant, in a new folder, and looks whether all of it is there. Gives what is not. */
export async function restore({ from, into, until, logs, auditSecret, say }: Restoring): Promise<string[]> {
  const { place, manifest } = await chooseBackup(from, until);
  say(`取用 ${place}（${manifest.endedAt}，${manifest.kind}）`);
  await checkSums(place);
  const data = join(into, "mariadb", "data");
  await mkdir(into, { recursive: true, mode: 0o711 });
  if ((await readdir(into)).length > 0) throw new Error(`${into} is not empty`);
  await cp(join(place, "database"), data, { recursive: true });
  await run(await needProgram("mariabackup", "mariadb-backup"), ["--prepare", `--target-dir=${data}`]);
  const server = await openRestored(data, manifest.schema);
  try {
    const flaws = await compareRows(server.connection, manifest);
    if (manifest.log) {
      const files = await server.replay(logs ?? join(from, "binlog"), manifest.log, until);
      say(`重放 binlog ${files} 个，${until ? `至 ${until.toISOString()}（不含）` : "至末尾"}`);
    }
    flaws.push(...(await checkTables(server.connection)), ...(await checkAudit(server.connection, auditSecret)));
    const store = join(into, "store");
    if (await stat(join(from, "store")).catch(() => null)) {
      await cp(join(from, "store"), store, { recursive: true });
      flaws.push(...(await checkFiles(server.connection, store)));
    }
    return flaws;
  } finally {
    await server.stop();
  }
}

/** The newest that was whole before the instant. */
async function chooseBackup(from: string, until: Date | null): Promise<{ place: string; manifest: Manifest }> {
  const names = (await readdir(from)).filter((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/.test(name)).sort();
  for (const name of names.reverse()) {
    const place = join(from, name);
    const manifest = JSON.parse(await readFile(join(place, "backup.json"), "utf8")) as Manifest;
    if (until && new Date(manifest.endedAt) > until) continue;
    if (manifest.kind === "physical") return { place, manifest };
  }
  throw new Error(`no physical backup from before ${until?.toISOString() ?? "now"} in ${from}`);
}

async function checkSums(place: string): Promise<void> {
  for (const line of (await readFile(join(place, "SHA256SUMS"), "utf8")).trim().split("\n")) {
    const [sum, name] = [line.slice(0, 64), line.slice(66)];
    if ((await sha256Of(join(place, name)).catch(() => "")) !== sum) throw new Error(`${place}/${name} was changed`);
  }
}

/** "2026-11-22 23:10:00", UTC. */
export function readInstant(text: string): Date {
  const at = new Date(`${text.replace(" ", "T")}Z`);
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) || Number.isNaN(at.getTime()))
    throw new Error(`not an instant: ${text}; 请写作 2026-11-22 23:10:00（协调世界时 UTC，北京时间减 8 小时）`);
  return at;
}

/**
 *     npm run restore -- --from /backup --into /srv/restored [--to '2026-11-22 23:10:00'] [--logs /var/lib/mysql]
 */
if (process.argv[1] && import.meta.url === pathToFileURL(fileURLToPath(pathToFileURL(process.argv[1]))).href) {
  const { values } = parseArgs({
    options: {
      from: { type: "string" },
      into: { type: "string" },
      to: { type: "string" },
      logs: { type: "string" },
    },
  });
  if (!values.from || !values.into) {
    console.error(
      "用法：npm run restore -- --from 备份目录 --into 新目录 [--to '年-月-日 时:分:秒'（UTC）] [--logs binlog 目录]",
    );
    process.exit(2);
  }
  const began = performance.now();
  const { AUDIT_SECRET: auditSecret } = readConfig({ DATABASE_URL: "mysql://none", ...process.env });
  const flaws = await restore({
    from: values.from,
    into: values.into,
    until: values.to ? readInstant(values.to) : null,
    logs: values.logs,
    auditSecret,
    say: console.log,
  });
  for (const flaw of flaws) console.error(`不一致：${flaw}`);
  console.log(
    flaws.length === 0
      ? "核对完毕：行数、表、审计链和材料文件都与登记一致"
      : `核对完毕：有 ${flaws.length} 处不一致，见上；先不要对外开放`,
  );
  console.log(
    `数据库在 ${join(values.into, "mariadb", "data")}，材料在 ${join(values.into, "store")}，用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒`,
  );
  process.exitCode = flaws.length === 0 ? 0 : 1;
}
