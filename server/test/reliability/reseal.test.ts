import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { vaultOf } from "../../src/config.ts";
import { openHouse } from "../../src/house.ts";
import { countOld, type Resealing, reseal } from "../../src/reseal.ts";
import { placeSql, SEALED_COLUMNS, SEALED_FILES } from "../../src/sealed-columns.ts";
import { startApp, type TestApp } from "../app.ts";
import { makeLeaving } from "../edges/leaving.world.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const KEY = (number: number) => `${number}:${Buffer.alloc(32, number).toString("base64")}`;
/** Bytes that are not sealed: prints of likeness say nothing of what was written. */
const OPEN_BYTES = ["filing_likeness.value", "filing_print.pattern", "filing_print.words", "intake_series.pattern"];

describe("a change of the data key", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("reseal", { environment: { DATA_KEYS: KEY(1) } });
    await makeLeaving(app);
    await app.settle();
  }, 120_000);
  afterAll(() => app.stop());

  const under = (keys: string): Resealing & { close(): Promise<void> } => {
    const house = openHouse({ ...app.config, DATA_KEYS: keys }, pino({ level: "silent" }));
    const { database, gateways } = house.options;
    const newest = Math.max(...keys.split(",").map((pair) => Number.parseInt(pair, 10)));
    return {
      database,
      files: gateways.files,
      vault: vaultOf({ ...app.config, DATA_KEYS: keys }),
      newest,
      close: house.close,
    };
  };

  it("knows every sealed column there is", async () => {
    const rows = await app.database.read<{ name: string }>(
      `SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns
        WHERE table_schema = DATABASE() AND data_type IN ('blob', 'mediumblob', 'longblob', 'varbinary', 'binary')`,
    );
    const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(rows.map(({ name }) => name).filter((name) => ![...listed, ...OPEN_BYTES].includes(name))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it("is killed half-way, goes on, and then needs the old key no more", async () => {
    const before = under([KEY(1), KEY(2)].join(","));
    const old = await countOld(before);
    expect(old).toBeGreaterThan(100);
    await killedHalfWay();
    const left = await countOld(before);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(old);
    expect(await reseal(before)).toBe(left);
    expect(await countOld(before)).toBe(0);
    await before.close();

    const after = under(KEY(2));
    let read = 0;
    const seen = new Set<string>();
    for (const sealed of SEALED_COLUMNS) {
      const { table, column, owner = "" } = sealed;
      const known = await after.database
        .read<{ value: Buffer; place: string }>(
          `SELECT t.${column} AS value, ${placeSql(sealed)} AS place FROM ${table} t ${owner} WHERE t.${column} IS NOT NULL`,
        )
        .catch(() => []);
      for (const { value, place } of known) {
        after.vault.open(value, place);
        seen.add(`${table}.${column}`);
        read += 1;
      }
    }
    for (const sealed of SEALED_FILES.slice(0, 2)) {
      const files = await after.database.read<{ key: string; place: string }>(
        `SELECT t.${sealed.column} AS \`key\`, ${placeSql(sealed)} AS place FROM ${sealed.table} t ${sealed.owner} WHERE t.${sealed.column} IS NOT NULL`,
      );
      for (const { key, place } of files) {
        const chunks: Buffer[] = [];
        for await (const chunk of await after.files.read(key)) chunks.push(chunk as Buffer);
        after.vault.open(Buffer.concat(chunks), place);
        read += 1;
      }
    }
    process.stdout.write(
      `reseal: ${old} values and files, ${left} left by the kill; read again ${read} of ${seen.size} columns\n`,
    );
    expect(read).toBeGreaterThanOrEqual(old);
    await after.close();
  }, 60_000);

  /** The program itself, ended by force as soon as it has told of its first hundred. */
  async function killedHalfWay(): Promise<void> {
    const child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", "server/src/reseal.ts"], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        PATH: process.env["PATH"],
        SUTONG_MODE: "test",
        DATABASE_URL: app.appUrl,
        DATA_DIR: app.config.DATA_DIR,
        DATA_KEYS: [KEY(1), KEY(2)].join(","),
      },
    });
    for await (const part of child.stdout) if (/material\.label/.test(String(part))) break;
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
});
