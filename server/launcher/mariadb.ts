import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import {
  baseFlags,
  credentials,
  environment,
  type Folder,
  install,
  isInstalled,
  openFolder,
  own,
} from "./mariadb-folder.ts";
import { findOrFetch, type Program } from "./mariadb-program.ts";
import { freePort } from "./ports.ts";
import { commandOf, endProcess, guard, isAlive, markOf, pause } from "./processes.ts";
import { Stop } from "./say.ts";

export interface MariaDbOptions {
  /** Everything of this server lies under it. */
  folder: string;
  /** Where a fetched copy of the program is kept; the first is fetched into when none has one. */
  programs: string[];
  logFile: string;
  /** false only for tests that do not ask about crashes: the log is then flushed once a second. */
  durable?: boolean;
  /** The owner's reach: our one database, or every database (tests make many). */
  reach?: "sutong" | "every database";
  /** The folder is removed when the server ends or its parent dies. */
  temporary?: boolean;
  /** Keeps a binary log, so that a backup can be brought to any instant. */
  binlog?: boolean;
  port?: number;
  flags?: readonly string[];
  /** A member of a cluster: what it is started with besides, and where its scripts are. Its users come with the data. */
  member?: { readonly flags: readonly string[]; readonly path: string };
  tell?: (line: string) => void;
}

export interface MariaDb {
  /** May change tables: migrations and seed. */
  ownerUrl: string;
  /** May only what the migrations grant: the running service. */
  appUrl: string;
  port: number;
  socket: string;
  pid: number;
  version: string;
  fetched: boolean;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
  /** As a power cut would: no farewell. The folder stays. */
  kill(): Promise<void>;
}

/** Starts a MariaDB of our own and waits until it answers. A server left over by a run that died is stopped first. */
export async function startMariaDb(options: MariaDbOptions): Promise<MariaDb> {
  const program = await findOrFetch(options.programs, options.tell ?? (() => {}));
  const folder = openFolder(options.folder);
  await takeOver(folder);
  if (!isInstalled(folder)) await install(folder, program);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? (options.port ?? lastPort(folder)) : undefined);
    try {
      return await launch(options, program, folder, port);
    } catch (error) {
      // Somebody may have taken the port between our look and the server's.
      if (attempt === 3) throw error;
    }
  }
}

async function launch(options: MariaDbOptions, program: Program, folder: Folder, port: number): Promise<MariaDb> {
  const pidFile = join(folder.run, "mariadb.pid");
  const initFile = join(folder.run, "init.sql");
  rmSync(folder.socket, { force: true });
  writeFileSync(initFile, usersSql(folder, options.reach ?? "sutong"), { mode: 0o600 });
  own(initFile, folder.runAs);
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, "a");
  const flags = [
    ...baseFlags(program, folder.runAs),
    `--datadir=${folder.data}`,
    `--socket=${folder.socket}`,
    `--port=${port}`,
    `--pid-file=${pidFile}`,
    `--tmpdir=${folder.run}`,
    ...(options.member?.flags ?? [`--init-file=${initFile}`]),
    `--innodb-flush-log-at-trx-commit=${options.durable === false ? 2 : 1}`,
    ...(options.binlog ? BINLOG : []),
    ...(options.flags ?? []),
    "--default-time-zone=+00:00",
    "--max-allowed-packet=32M",
    "--max-connections=300",
    "--innodb-buffer-pool-size=256M",
  ];
  const child = spawn(program.mariadbd, flags, {
    stdio: ["ignore", log, log],
    detached: true, // Ctrl-C in a terminal reaches the launcher, which then stops the server last.
    env: { ...environment(program), ...(options.member ? { PATH: options.member.path } : {}) },
    ...credentials(folder.runAs),
  });
  closeSync(log);
  const ended = new Promise<void>((done) => {
    child.once("error", () => done());
    child.once("exit", () => done());
  });
  const temporary = options.temporary === true;
  const dismiss = child.pid === undefined ? () => {} : guard(child.pid, temporary ? folder.root : "");
  void ended.then(() => dismiss());
  const version = await untilReady(child, port, options.logFile).catch(async (error: Error) => {
    if (child.pid !== undefined) await endProcess(child.pid, 5_000);
    throw error;
  });
  rmSync(initFile, { force: true });
  writeFileSync(join(folder.root, "port"), `${port}\n`);
  writeFileSync(join(folder.root, "holder"), JSON.stringify({ pid: process.pid, mark: markOf(process.pid) }));
  const url = (user: string, password: string) => `mysql://${user}:${password}@127.0.0.1:${port}/sutong`;
  const pid = child.pid!;
  return {
    ownerUrl: url("sutong_owner", folder.passwords.owner),
    appUrl: url("sutong_app", folder.passwords.app),
    port,
    socket: folder.socket,
    pid,
    version,
    fetched: program.fetched,
    ended,
    async stop() {
      await endProcess(pid, 30_000);
      await ended;
      rmSync(join(folder.root, "holder"), { force: true });
      if (temporary) rmSync(folder.root, { recursive: true, force: true });
    },
    async kill() {
      process.kill(pid, "SIGKILL");
      await ended;
    },
  };
}

const BINLOG = [
  "--log-bin=binlog",
  "--server-id=1",
  "--binlog-format=ROW",
  "--sync-binlog=1",
  "--log-bin-trust-function-creators=1",
];

/** The server runs this before it takes its first caller, so users and passwords are always as our file says. */
function usersSql(folder: Folder, reach: "sutong" | "every database"): string {
  const users = [
    ["sutong_owner", folder.passwords.owner],
    ["sutong_app", folder.passwords.app],
  ].flatMap(([name, password]) => [
    `CREATE USER IF NOT EXISTS '${name}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `ALTER USER '${name}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
  ]);
  const where = reach === "sutong" ? "sutong.*" : "*.*";
  return `${[
    "CREATE DATABASE IF NOT EXISTS sutong CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;",
    ...users,
    `GRANT ALL PRIVILEGES ON ${where} TO 'sutong_owner'@'127.0.0.1' WITH GRANT OPTION;`,
  ].join("\n")}\n`;
}

/** The server greets a caller with its version as soon as it may be used. */
async function untilReady(child: ChildProcess, port: number, logFile: string): Promise<string> {
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error(`MariaDB 未能启动,原因见 / did not start, see ${logFile}: ${lastError(logFile)}`);
    }
    const greeting = await greetingOf(port);
    if (greeting !== null) return greeting;
    await pause(15);
  }
  throw new Error(`MariaDB 一分钟内没有就绪 / was not ready within a minute, see ${logFile}`);
}

function greetingOf(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const finish = (value: string | null) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(1_000, () => finish(null));
    socket.once("error", () => finish(null));
    socket.once("close", () => finish(null));
    // Byte 4 is the protocol's version (10), then the server's version up to a zero.
    socket.once("data", (bytes) =>
      finish(bytes[4] === 10 ? bytes.toString("latin1", 5, bytes.indexOf(0, 5)).replace(/^5\.5\.5-/, "") : null),
    );
  });
}

/** Stops a server that a dead run left behind; refuses when its launcher still lives. */
async function takeOver(folder: Folder): Promise<void> {
  const holder = readJson(join(folder.root, "holder"));
  if (holder !== null && holder.pid !== process.pid && isAlive(holder.pid) && markOf(holder.pid) === holder.mark) {
    throw new Stop(
      `这个数据目录正由另一个诉通进程使用 / this data folder is in use by another Sutong (pid ${holder.pid}): ${folder.root}`,
    );
  }
  const pid = Number(readText(join(folder.run, "mariadb.pid")));
  if (pid > 0 && isAlive(pid) && commandOf(pid).includes(`--datadir=${folder.data}`)) await endProcess(pid, 30_000);
  rmSync(join(folder.run, "mariadb.pid"), { force: true });
}

function lastPort(folder: Folder): number | undefined {
  const port = Number(readText(join(folder.root, "port")));
  return port > 0 ? port : undefined;
}

function lastError(logFile: string): string {
  const lines = readText(logFile).trim().split("\n").slice(-40);
  return lines.reverse().find((line) => line.includes("[ERROR]")) ?? lines[0] ?? "";
}

function readJson(file: string): { pid: number; mark: string | null } | null {
  try {
    return JSON.parse(readText(file)) as { pid: number; mark: string | null };
  } catch {
    return null;
  }
}

function readText(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
