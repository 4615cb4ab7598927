import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection as CoreConnection } from "mysql2";
import mysql from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillFilings } from "../../bench/fill.ts";
import type { MariaDb } from "../../launcher/mariadb.ts";
import { connect, findProgram } from "../../src/backup-programs.ts";
import { mirrorStore, takeFull } from "../../src/backup-take.ts";
import { readInstant, restore } from "../../src/restore.ts";
import { openRestored } from "../../src/restore-server.ts";
import { startApp, type TestApp } from "../app.ts";
import { acceptedCase } from "../fees.ts";
import { seedCourtsAndRules, submitted } from "../filings.ts";
import { durableServer, programs } from "../mariadb.ts";
import { figure } from "./figure.ts";

// The server that the launcher fetched serves where none is installed.
process.env["PATH"] += `:${join(programs[0] ?? "", "usr/sbin")}`;

/** Copies of filings in the backup; a tenth of them again stands in the log after it. */
const FILINGS = Number(process.env["RESTORE_FILINGS"] ?? 0);
const AFTERWARDS = Math.round(FILINGS * 1.1);
/** Of so many, every row of every table is read and compared. */
const TIMEOUT = FILINGS > 0 ? 1_200_000 : 120_000;

/** Reliability P16, goal G17: a backup that was never restored does not count. */
const installed = await findProgram("mariabackup");
if (!installed) process.stdout.write("mariabackup is missing (apt-get install mariadb-backup)\n");

describe.skipIf(!installed)("a database that is lost", () => {
  const disk = durableServer({ binlog: true });
  const folder = mkdtempSync(join(tmpdir(), "sutong-drill-"));
  const backup = join(folder, "backup");
  let server: MariaDb;
  let app: TestApp;
  /** Every row of every table, as it stood at the instant. */
  let history: ReadonlyMap<string, string>;
  let instant: Date;
  let filed = 0;

  const fileSome = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      filed += 1;
      await submitted(app, `方圆${filed}`);
    }
    await app.settle();
  };
  const restoring = (into: string, until: Date | null) =>
    restore({
      from: backup,
      into: join(folder, into),
      until,
      logs: join(disk.folder, "data"),
      auditSecret: app.config.AUDIT_SECRET,
      say: (line) => process.stdout.write(`${line}\n`),
    });

  beforeAll(async () => {
    mkdirSync(backup);
    server = await disk.start();
    app = await startApp("drill", { mariadb: server });
    await seedCourtsAndRules(app);
    await fileSome(2);
    const models =
      FILINGS > 0 ? { waiting: await submitted(app, "方圆"), case: await acceptedCase(app, "刘洋") } : null;
    if (models) {
      filed += 1;
      await fillFilings(app, models, FILINGS);
    }
    expect((await takeFull(app.ownerUrl, backup)).kind).toBe("physical");
    if (models) await fillFilings(app, models, AFTERWARDS);
    await fileSome(2);
    await app.jobs.find(({ name }) => name === "anchor-audit")?.run();
    // The log counts in seconds: what was done belongs to the second before, what follows to the one after.
    await sleep(1_100 - (Date.now() % 1_000));
    instant = new Date(Math.floor(Date.now() / 1000) * 1000);
    history = await everyRow(await connect({ uri: app.ownerUrl }));
    await asOwner("DELETE FROM filing_party");
    await fileSome(1);
    await mirrorStore(join(app.config.DATA_DIR, "store"), backup);
    await server.kill();
  }, TIMEOUT);
  afterAll(async () => {
    server = await disk.start();
    await app.stop();
    await server.stop();
    await disk.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const asOwner = async (sql: string) => {
    const owner = await mysql.createConnection({ uri: app.ownerUrl });
    await owner.query(sql);
    await owner.end();
  };

  it(
    "is there again as it was before the mistake, row for row and file for file",
    async () => {
      const began = performance.now();
      expect(await restoring("before", readInstant(instant.toISOString().slice(0, 19).replace("T", " ")))).toEqual([]);
      const seconds = (performance.now() - began) / 1000;
      const found = await rowsIn("before");
      const differing = [...history].filter(([name, sum]) => found.get(name) !== sum).map(([name]) => name);
      figure("G17", "tables restored to the second", found.size, { of: history.size, atLeast: history.size });
      figure("G17", "tables that differ", differing.length, { atMost: 0 });
      if (FILINGS > 0) figure("G17", "filings", AFTERWARDS);
      figure("G17", "restore", seconds, { atMost: 60, unit: "s", timed: true });
      expect(found.size).toBe(history.size);
      expect(differing).toEqual([]);
      process.stdout.write(`restore: ${history.size} tables equal, ${seconds.toFixed(1)} s\n`);
    },
    TIMEOUT,
  );

  it(
    "loses nothing that was acknowledged while its logs are there",
    async () => {
      expect(await restoring("after", null)).toEqual([]);
      const opened = await openRestored(join(folder, "after/mariadb/data"), schemaOf(app));
      const [rows] = await opened.connection.query(
        "SELECT COUNT(*) AS n FROM filing WHERE receipt_number LIKE '收%' AND state = 'submitted'",
      );
      await opened.stop();
      const there = Number((rows as { n: string }[])[0]?.n);
      figure("G17", "acknowledged and lost", filed - there, { of: filed, atMost: 0 });
      expect(there).toBe(filed);
    },
    TIMEOUT,
  );

  it("is refused where the backup was tampered with", async () => {
    const [place = ""] = readdirSync(backup).filter((name) => /^\d{4}-/.test(name));
    writeFileSync(join(backup, place, "database/ibdata1"), "x", { flag: "a" });
    await expect(restoring("tampered", null)).rejects.toThrow(/was changed/);
  });

  const rowsIn = async (into: string) => {
    const opened = await openRestored(join(folder, into, "mariadb/data"), schemaOf(app));
    try {
      return await everyRow(opened.connection, false);
    } finally {
      await opened.stop();
    }
  };
});

const schemaOf = (app: TestApp): string => new URL(app.appUrl).pathname.slice(1);

/** Of each table, a hash over its rows in their order. */
async function everyRow(connection: mysql.Connection, close = true): Promise<Map<string, string>> {
  const [tables] = await connection.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1",
  );
  // Row by row: there may be more of them than the memory holds.
  const { connection: plain } = connection as unknown as { connection: CoreConnection };
  const sums = new Map<string, string>();
  for (const { name } of tables as { name: string }[]) {
    const rows = plain.query({ sql: `SELECT * FROM \`${name}\``, rowsAsArray: true }).stream();
    const digests: string[] = [];
    for await (const row of rows) digests.push(createHash("sha256").update(JSON.stringify(row)).digest("base64"));
    sums.set(name, `${digests.length} ${createHash("sha256").update(digests.sort().join()).digest("hex")}`);
  }
  if (close) await connection.end();
  return sums;
}
