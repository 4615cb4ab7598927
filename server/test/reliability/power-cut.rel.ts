import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import mysql from "mysql2/promise";
import { afterAll, describe, expect, it } from "vitest";
import { programs } from "#test/mariadb.ts";
import { startMariaDb } from "../../launcher/mariadb.ts";
import { findOrFetch } from "../../launcher/mariadb-program.ts";
import { seeded } from "./crowd.ts";
import { figure } from "./figure.ts";

/**
 * G3: a whole machine is cut off. User Mode Linux (Debian's package user-mode-linux) boots on a disk image, its MariaDB
 * says every commit on the console, and all of its processes are killed: what its kernel had not written is gone.
 */
const CUTS = Number(process.env["CUTS"] ?? 3);
const MACHINE = "/usr/bin/linux.uml";
if (!existsSync(MACHINE)) process.stdout.write("user-mode-linux is missing (apt-get install user-mode-linux)\n");
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const LONG = 60 * 60_000;
const folder = mkdtempSync(join(tmpdir(), "sutong-power-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A disk with an installed database and one empty table. */
async function makeDisk(name: string): Promise<string> {
  const home = join(folder, name);
  const database = await startMariaDb({
    folder: home,
    programs,
    logFile: join(folder, "log"),
    reach: "every database",
  });
  const owner = await mysql.createConnection(database.ownerUrl);
  await owner.query("CREATE DATABASE cut");
  await owner.query("CREATE TABLE cut.row_of (id BIGINT PRIMARY KEY, said VARCHAR(200) NOT NULL)");
  await owner.end();
  await database.stop();
  const image = join(folder, `${name}.ext4`);
  execFileSync("mke2fs", ["-q", "-t", "ext4", "-d", join(home, "data"), image, "400M"]);
  return image;
}

/** What the guest does: starts the database, says what it holds, then writes row after row and says each when it is committed. */
function guestScript(home: string, mariadbd: string, share: string, libraries: string | null, flush: 0 | 1): string {
  const path = join(home, "init.sh");
  const client = `
    const mysql = require("${ROOT}node_modules/mysql2/promise");
    (async () => {
      let connection;
      for (;;) {
        try { connection = await mysql.createConnection({ socketPath: "${home}/run/s", user: "root", database: "cut" }); break; }
        catch { await new Promise((done) => setTimeout(done, 200)); }
      }
      const [[{ last }]] = await connection.query("SELECT COALESCE(MAX(id), 0) AS last FROM row_of");
      const [[{ many }]] = await connection.query("SELECT COUNT(*) AS many FROM row_of");
      console.log("HAVE " + last + " " + many);
      for (let id = Number(last) + 1; ; id += 1) {
        await connection.query("INSERT INTO row_of VALUES (?, REPEAT('x', 100))", [id]);
        console.log("ACK " + id);
      }
    })();`;
  writeFileSync(join(home, "client.cjs"), client);
  const script = `#!/bin/sh
mount -t proc proc /proc 2>/dev/null
mount -t ext4 /dev/ubda ${home}/data || echo "NO DISK"
mount -t tmpfs tmpfs ${home}/run
${libraries ? `export LD_LIBRARY_PATH=${libraries}` : ""}
${mariadbd} --no-defaults --lc-messages-dir=${share} --character-sets-dir=${share}/charsets --datadir=${home}/data --socket=${home}/run/s \\
  --pid-file=${home}/run/pid --tmpdir=${home}/run --skip-networking --user=root --skip-grant-tables --innodb-flush-log-at-trx-commit=${flush} \\
  --innodb-use-native-aio=0 --innodb-buffer-pool-size=32M --innodb-buffer-pool-size-max=64M --innodb-log-file-size=16M > ${home}/run/log 2>&1 &
unset LD_LIBRARY_PATH
${process.execPath} ${home}/client.cjs
cat ${home}/run/log
sleep 1000
`;
  writeFileSync(path, script, { mode: 0o755 });
  return path;
}

/** Boots, lets it write for a while, cuts. Gives what it held at the start and the last row it had said. */
async function bootAndCut(
  image: string,
  init: string,
  writesMs: number,
): Promise<{ had: number; many: number; acked: number }> {
  const machine: ChildProcess = spawn(
    MACHINE,
    [
      `ubd0=${image}`,
      "root=/dev/root",
      "rootfstype=hostfs",
      "rootflags=/",
      "rw",
      "mem=768M",
      `init=${init}`,
      "con=null",
      "con0=null,fd:1",
      "quiet",
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env["PATH"], TMPDIR: folder, HOME: folder } },
  );
  let [had, many, acked] = [-1, 0, 0];
  let told = "";
  const writing = new Promise<void>((resolve) => {
    createInterface({ input: machine.stdout! }).on("line", (line) => {
      told += `${line}\n`;
      const [, word, number, count] = /^(HAVE|ACK) (\d+)(?: (\d+))?/.exec(line) ?? [];
      if (word === "HAVE") [had, many] = [Number(number), Number(count)];
      if (word !== "ACK") return;
      if (acked === 0) setTimeout(resolve, writesMs);
      acked = Number(number);
    });
  });
  machine.stderr?.on("data", (bytes: Buffer) => {
    told += bytes.toString("utf8");
  });
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error(`nothing was written: ${told.slice(-2000)}`));
    setTimeout(fail, 4 * 60_000).unref();
    machine.once("exit", fail);
  });
  late.catch(() => undefined);
  try {
    await Promise.race([writing, late]);
  } finally {
    cut(image);
  }
  return { had, many, acked };
}

/** All processes of the machine on this disk: it is several, and none may write on. */
function cut(image: string): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(`ubd0=${image}`)) process.kill(Number(pid), "SIGKILL");
    } catch {
      // It went by itself.
    }
  }
}

describe.skipIf(!existsSync(MACHINE))("the power is cut", () => {
  const { random } = seeded("power cut");

  async function cuts(
    name: string,
    flush: 0 | 1,
    count: number,
  ): Promise<{ acked: number; lost: number; torn: number }> {
    const image = await makeDisk(name);
    const home = join(folder, name);
    for (const each of ["data", "run"]) mkdirSync(join(home, each), { recursive: true });
    const { mariadbd, share, libraries } = await findOrFetch(programs, () => {});
    const init = guestScript(home, mariadbd, share, libraries, flush);
    const found = { acked: 0, lost: 0, torn: 0 };
    for (let turn = 0, before = 0; turn <= count; turn += 1) {
      const { had, many, acked } = await bootAndCut(image, init, turn === count ? 1 : 1500 + random() * 2500);
      found.lost += Math.max(0, before - had);
      // One row for each number: what was committed before it is there too.
      if (many !== had) found.torn += 1;
      found.acked += turn === count ? 0 : acked - had;
      before = acked;
    }
    return found;
  }

  it(
    `${CUTS} cuts with the settings of production: nothing acknowledged is lost`,
    async () => {
      const { acked, lost, torn } = await cuts("flushed", 1, CUTS);
      figure("G3", "cuts", CUTS);
      figure("G3", "acked", acked);
      figure("G3", "lost", lost, { atMost: 0 });
      figure("G3", "rows out of order", torn, { atMost: 0 });
      expect([lost, torn]).toEqual([0, 0]);
      expect(acked).toBeGreaterThan(0);
    },
    LONG,
  );

  it(
    "the control: with the log not written at commit the same cuts do lose",
    async () => {
      const { acked, lost } = await cuts("unflushed", 0, Math.min(CUTS, 5));
      figure("G3", "control: lost", lost, { of: acked, atLeast: 1 });
      expect(lost).toBeGreaterThan(0);
    },
    LONG,
  );
});
