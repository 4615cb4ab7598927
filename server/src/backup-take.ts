import { createReadStream, createWriteStream } from "node:fs";
import { access, constants, copyFile, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type mysql from "mysql2/promise";
import {
  connect,
  countRows,
  findProgram,
  needProgram,
  rowsOf,
  run,
  sha256Of,
  withCredentials,
} from "./backup-programs.ts";

/** What stands beside a full backup and tells what it is. */
export interface Manifest {
  readonly kind: "physical" | "logical";
  readonly beganAt: string;
  readonly endedAt: string;
  readonly schema: string;
  readonly server: string;
  /** Where the binary log stood at the moment of the backup; null where there is none. */
  readonly log: { readonly file: string; readonly position: number } | null;
  /** Rows of each table, just before and just after. */
  readonly rows: Readonly<Record<string, readonly [number, number]>>;
}

export interface Taken {
  readonly kind: Manifest["kind"] | "logs";
  readonly bytes: number;
  readonly place: string;
}

/** A full backup in a folder of its own, named by its moment (UTC). It bears its name only once it is whole. */
export async function takeFull(url: string, folder: string): Promise<Taken> {
  const connection = await connect({ uri: url });
  try {
    const beganAt = new Date();
    const place = join(folder, beganAt.toISOString().slice(0, 19).replaceAll(":", "-"));
    const unfinished = `${place}.unfinished`;
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const [server] = await rowsOf<{ version: string; folder: string; log: number; name: string }>(
      connection,
      "SELECT VERSION() AS version, @@datadir AS folder, @@log_bin AS log, DATABASE() AS name",
    );
    if (!server) throw new Error("the database does not answer");
    const before = await countRows(connection);
    const mariabackup = await findProgram("mariabackup");
    const kind = mariabackup && (await isHere(server.folder)) ? "physical" : "logical";
    const database = join(unfinished, "database");
    await mkdir(database, { mode: 0o700 });
    if (mariabackup && kind === "physical")
      await withCredentials(url, (options) => run(mariabackup, [...options, "--backup", `--target-dir=${database}`]));
    else await dump(url, server.name, Boolean(server.log), join(database, "database.sql.gz"));
    const after = await countRows(connection);
    const manifest: Manifest = {
      kind,
      beganAt: beganAt.toISOString(),
      endedAt: new Date().toISOString(),
      schema: server.name,
      server: server.version,
      log: server.log ? await positionIn(database, kind) : null,
      rows: Object.fromEntries(Object.entries(before).map(([name, count]) => [name, [count, after[name] ?? 0]])),
    };
    await writeFile(join(unfinished, "backup.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    const bytes = await seal(unfinished);
    await rename(unfinished, place);
    await note(connection, kind, beganAt, bytes);
    return { kind, bytes, place };
  } finally {
    await connection.end();
  }
}

/** The binary logs up to this moment, each as the server has it. What is there already and whole is not fetched again. */
export async function fetchLogs(url: string, folder: string): Promise<Taken | null> {
  const place = join(folder, "binlog");
  const connection = await connect({ uri: url });
  try {
    const [server] = await rowsOf<{ log: number }>(connection, "SELECT @@log_bin AS log");
    if (!server?.log) return null;
    const beganAt = new Date();
    await mkdir(place, { recursive: true, mode: 0o700 });
    const program = await needProgram("mariadb-binlog", "mariadb-client");
    let bytes = 0;
    for (const { Log_name: name, File_size: size } of await rowsOf<{ Log_name: string; File_size: string }>(
      connection,
      "SHOW BINARY LOGS",
    )) {
      const there = await stat(join(place, name)).catch(() => null);
      if (there?.size === Number(size)) continue;
      // Under another name until it is whole: half of a log is not taken for all of it.
      await withCredentials(url, (options) =>
        run(program, [...options, "--read-from-remote-server", "--raw", `--result-file=${place}/new.`, name]),
      );
      await rename(join(place, `new.${name}`), join(place, name));
      bytes += Number(size);
    }
    await note(connection, "logs", beganAt, bytes);
    return { kind: "logs", bytes, place };
  } finally {
    await connection.end();
  }
}

/** What is there already, and has not been sealed anew since, is not copied again. Gives how many were. */
export async function mirrorStore(store: string, folder: string): Promise<number> {
  const from = join(store, "objects");
  let copied = 0;
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(folder, "store", "objects", relative(from, source));
    const [now, there] = await Promise.all([stat(source), stat(target).catch(() => null)]);
    if (there && there.mtimeMs >= now.mtimeMs) continue;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(source, `${target}.new`, constants.COPYFILE_FICLONE);
    await rename(`${target}.new`, target);
    copied += 1;
  }
  return copied;
}

async function dump(url: string, schema: string, log: boolean, target: string): Promise<void> {
  const program = await needProgram("mariadb-dump", "mariadb-client");
  const how = ["--single-transaction", "--quick", "--hex-blob", "--triggers", "--no-tablespaces"];
  if (log) how.push("--master-data=2");
  const zip = createGzip();
  await Promise.all([
    pipeline(zip, createWriteStream(target, { mode: 0o600 })),
    withCredentials(url, (options) =>
      run(program, [...options, ...how, "--default-character-set=utf8mb4", schema], { output: zip }),
    ),
  ]);
}

async function positionIn(database: string, kind: Manifest["kind"]): Promise<Manifest["log"]> {
  if (kind === "physical") {
    const [file, position] = (await readFile(join(database, "xtrabackup_binlog_info"), "utf8")).split(/\s+/);
    return file && position ? { file, position: Number(position) } : null;
  }
  const head = createReadStream(join(database, "database.sql.gz")).pipe(createGunzip());
  for await (const part of head) {
    const found = /MASTER_LOG_FILE='([^']+)', MASTER_LOG_POS=(\d+)/.exec((part as Buffer).toString("latin1"));
    head.destroy();
    return found?.[1] ? { file: found[1], position: Number(found[2]) } : null;
  }
  return null;
}

/** Is the database's own folder on this machine, and may we read it? */
const isHere = (folder: string): Promise<boolean> =>
  access(join(folder, "ibdata1"), constants.R_OK).then(
    () => true,
    () => false,
  );

/** SHA-256 of every file, in the form `sha256sum -c` reads. */
async function seal(folder: string): Promise<number> {
  let bytes = 0;
  const lines: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    bytes += (await stat(path)).size;
    lines.push(`${await sha256Of(path)}  ${relative(folder, path)}`);
  }
  await writeFile(join(folder, "SHA256SUMS"), `${lines.sort().join("\n")}\n`);
  return bytes;
}

async function note(connection: mysql.Connection, kind: string, beganAt: Date, bytes: number): Promise<void> {
  await connection.query(
    "INSERT INTO backup_run (kind, began_at, ended_at, bytes) VALUES (?, ?, UTC_TIMESTAMP(3), ?)",
    [kind, beganAt, bytes],
  );
}
