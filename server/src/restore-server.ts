import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type mysql from "mysql2/promise";
import { connect, endOf, needProgram, run } from "./backup-programs.ts";
import type { Manifest } from "./backup-take.ts";

const RESTORER = "sutong_restore";

export interface RestoreServer {
  readonly connection: mysql.Connection;
  /** Plays the binary logs after what is there already, up to the instant (not included) where one is given. */
  replay(logs: string, from: NonNullable<Manifest["log"]>, until: Date | null): Promise<number>;
  stop(): Promise<void>;
}

/** A database on restored files that nobody reaches but us: no network, a user of a moment, a socket in a folder of its own. */
export async function openRestored(data: string, schema: string): Promise<RestoreServer> {
  const mariadbd = await needProgram("mariadbd", "mariadb-server-core");
  const folder = await mkdtemp(join(tmpdir(), "sutong-restore-"));
  const socketPath = join(folder, "s");
  const password = randomBytes(24).toString("hex");
  const who = `'${RESTORER}'@'localhost'`;
  const init = join(folder, "init.sql");
  await writeFile(
    init,
    `CREATE OR REPLACE USER ${who} IDENTIFIED BY '${password}';\nGRANT ALL PRIVILEGES ON *.* TO ${who} WITH GRANT OPTION;\n`,
    { mode: 0o600 },
  );
  const child = spawn(
    mariadbd,
    [
      // Page size and the like as they were where the backup was taken.
      `--defaults-file=${join(data, "backup-my.cnf")}`,
      `--basedir=${dirname(dirname(mariadbd))}`,
      `--datadir=${data}`,
      `--socket=${socketPath}`,
      `--init-file=${init}`,
      `--pid-file=${join(folder, "pid")}`,
      "--skip-networking",
      "--default-time-zone=+00:00",
      "--max-allowed-packet=64M",
      ...(process.getuid?.() === 0 ? ["--user=root"] : []),
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let gone = false;
  const ended = endOf(child, mariadbd).finally(() => (gone = true));
  ended.catch(() => undefined);
  const connection = await untilOpen({ socketPath, user: RESTORER, password, database: schema }, () => gone).catch(
    async (error: unknown) => {
      if (gone) await ended;
      child.kill("SIGKILL");
      throw error;
    },
  );
  return {
    connection,
    async replay(logs, from, until) {
      const files = (await readdir(logs)).filter((name) => /\.\d{6}$/.test(name) && name >= from.file).sort();
      if (files[0] !== from.file) throw new Error(`the binary log ${from.file} is missing in ${logs}`);
      const program = await needProgram("mariadb-binlog", "mariadb-client");
      const client = await needProgram("mariadb", "mariadb-client-core");
      const options = join(folder, "client.cnf");
      await writeFile(options, `[client]\nsocket=${socketPath}\nuser=${RESTORER}\npassword=${password}\n`, {
        mode: 0o600,
      });
      const stop = until ? [`--stop-datetime=${until.toISOString().slice(0, 19).replace("T", " ")}`] : [];
      const pipe = new PassThrough();
      await Promise.all([
        run(program, [`--start-position=${from.position}`, ...stop, ...files.map((name) => join(logs, name))], {
          output: pipe,
        }),
        run(client, [`--defaults-file=${options}`, "--binary-mode"], { input: pipe }),
      ]);
      return files.length;
    },
    async stop() {
      await connection.query(`DROP USER ${who}`);
      await connection.end();
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilOpen(options: mysql.ConnectionOptions, hasEnded: () => boolean): Promise<mysql.Connection> {
  for (const end = performance.now() + 600_000; ; await sleep(100)) {
    try {
      return await connect(options);
    } catch (error) {
      if (hasEnded() || performance.now() > end) throw error;
    }
  }
}
