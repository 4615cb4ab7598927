import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import mysql from "mysql2/promise";
import { databaseTls } from "#core/database-tls.ts";

/** One of MariaDB's own programs; null where it is not installed. */
export async function findProgram(name: string): Promise<string | null> {
  for (const folder of [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"]) {
    const path = join(folder || ".", name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

export async function needProgram(name: string, from: string): Promise<string> {
  const found = await findProgram(name);
  if (!found) throw new Error(`${name} is missing: apt-get install ${from}`);
  return found;
}

export interface Streams {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Runs a program to its end; throws with the last lines it said where it fails. UTC, whatever the machine thinks. */
export async function run(program: string, args: readonly string[], { input, output }: Streams = {}): Promise<void> {
  const child = spawn(program, args, {
    stdio: [input ? "pipe" : "ignore", output ? "pipe" : "ignore", "pipe"],
    env: { ...process.env, TZ: "UTC" },
  });
  const ended = endOf(child, program);
  // What broke the pipe is told by the program itself.
  const fed = input && child.stdin ? pipeline(input, child.stdin).catch(() => undefined) : null;
  const read = output && child.stdout ? pipeline(child.stdout, output) : null;
  await Promise.all([ended, fed, read]);
}

export function endOf(child: ChildProcess, program: string): Promise<void> {
  let said = "";
  child.stderr?.on("data", (part: Buffer) => {
    said = (said + part.toString("utf8")).slice(-4_000);
  });
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => {
      if (code === 0) return done();
      failed(new Error(`${program} ended with ${code}:\n${said.trim().split("\n").slice(-8).join("\n")}`));
    });
  });
}

/** The programs read who they are from a file of ours, so that no password stands in the list of processes. */
export async function withCredentials<T>(url: string, body: (options: string[]) => Promise<T>): Promise<T> {
  const { hostname, port, username, password } = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), "sutong-backup-"));
  const file = join(folder, "client.cnf");
  const lines = [
    "[client]",
    `host=${hostname}`,
    `port=${port || 3306}`,
    `user=${decodeURIComponent(username)}`,
    `password="${decodeURIComponent(password)}"`,
    "protocol=tcp",
    ...(process.env["DATABASE_CA"] ? [`ssl-ca=${process.env["DATABASE_CA"]}`, "ssl-verify-server-cert"] : []),
  ];
  await writeFile(file, `${lines.join("\n")}\n`, { mode: 0o600 });
  try {
    return await body([`--defaults-file=${file}`]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A connection whose values look like those the service reads. */
export const connect = (options: mysql.ConnectionOptions): Promise<mysql.Connection> =>
  mysql.createConnection({
    ...options,
    ...(options.socketPath ? {} : databaseTls(process.env["DATABASE_CA"])),
    charset: "utf8mb4",
    timezone: "Z",
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: ["DATE"],
  });

export async function rowsOf<T extends object>(
  connection: mysql.Connection,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const [rows] = await connection.query(sql, [...values]);
  return rows as T[];
}

/** Every table of ours and how many rows it has. */
export async function countRows(connection: mysql.Connection): Promise<Record<string, number>> {
  const tables = await rowsOf<{ name: string }>(
    connection,
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`,
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await rowsOf<{ n: string }>(connection, `SELECT COUNT(*) AS n FROM ${mysql.escapeId(name)}`);
    counts[name] = Number(row?.n ?? 0);
  }
  return counts;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest("hex");
}
