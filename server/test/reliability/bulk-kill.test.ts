import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { picture, seedCourtsAndRules } from "#test/filings.ts";
import type { Person } from "#test/people.ts";
import {
  jobOf,
  lawyer,
  loan,
  move,
  phase,
  rowsOf,
  sheetOf,
  templateOf,
  untilRests,
  uploadJob,
  zip,
} from "#test/sheets.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const AGENT = "周律师";
const SEED = Number(process.env["SEED"] ?? 20261122);
const PAPERS = ["身份证.jpg", "授权委托书.jpg", "律师证.jpg", "所函.jpg", "借条.jpg"];

describe("bulk filing: the worker is killed, and how fast it is", () => {
  let app: TestApp;
  let who: Person;
  let template: Buffer;
  let archive: Buffer;
  const sheetOfSome = (from: number, count: number, files = true) =>
    sheetOf(
      template,
      Array.from({ length: count }, (_, at) => {
        const cells = { ...loan(from + at, AGENT), "files.evidence": "借条.jpg" };
        return files ? cells : Object.fromEntries(Object.entries(cells).filter(([key]) => !key.startsWith("files.")));
      }),
    );

  beforeAll(async () => {
    app = await startApp("bulk-kill");
    await seedCourtsAndRules(app);
    who = await lawyer(app, AGENT);
    template = await templateOf(app);
    archive = zip(await Promise.all(PAPERS.map(async (name) => ({ name, bytes: await picture(name) }))));
  }, 120_000);
  afterAll(() => app.stop());

  it("kill -9 at any moment: every row is made once, whole, and nothing is made beside them", {
    timeout: 300_000,
  }, async () => {
    const id = await uploadJob(app, who, await sheetOfSome(0, 24), archive);
    await phase(app, who, id, "validate");
    expect((await move(who, id, "create")).status).toBe(200);
    const random = seeded(SEED);
    const moments: number[] = [];
    const made = async (): Promise<number> => {
      const [count] = await app.database.read<{ n: string }>(
        "SELECT COUNT(*) AS n FROM bulk_row WHERE job_id = ? AND filing_id IS NOT NULL",
        [id],
      );
      return Number(count?.n);
    };
    for (const threshold of [2, 7, 14]) {
      // Whatever the last one had claimed comes back when its lease has run out.
      await leasesRunOut(app);
      const worker = await startWorker(app);
      while ((await made()) < threshold) await sleep(20);
      await sleep(Math.floor(random() * 400));
      worker.kill("SIGKILL");
      await once(worker, "exit");
      moments.push(await made());
    }
    const left = (await jobOf(who, id)).state.code;
    await leasesRunOut(app);
    await untilRests(app, who, id);
    await app.settle();
    const rows = await rowsOf(who, id, "created");
    expect(moments[0]).toBeLessThan(24);
    console.log(`seed ${SEED}: killed with ${moments.join(", ")} of 24 drafts made, then “${left}”`);
    expect(rows).toHaveLength(24);
    expect(new Set(rows.map(({ filing }) => filing.id)).size).toBe(24);
    expect(await app.database.read("SELECT id FROM filing")).toHaveLength(24);
    const papers = await app.database.read<{ papers: string; ready: string }>(
      "SELECT COUNT(*) AS papers, SUM(state = 'ready') AS ready FROM material WHERE owner_kind = 'filing' AND live = 1 GROUP BY owner_id",
    );
    expect(papers.map(({ papers: all, ready }) => [Number(all), Number(ready)])).toEqual(
      Array.from({ length: 24 }, () => [5, 5]),
    );
    expect(app.unexpected).toEqual([]);
  });

  it("looks at 100 cases within 10 seconds", { timeout: 300_000 }, async () => {
    const id = await uploadJob(app, who, await sheetOfSome(100, 100, false), null);
    const began = performance.now();
    await phase(app, who, id, "validate");
    const looked = performance.now();
    expect(await rowsOf(who, id, "warnings")).toHaveLength(100);
    const begun = performance.now();
    await phase(app, who, id, "create");
    const made = performance.now();
    expect(await rowsOf(who, id, "created")).toHaveLength(100);
    console.log(
      `100 cases: looked at in ${seconds(looked - began)} s; drafts made in ${seconds(made - begun)} s (${Math.round(100_000 / (made - begun))} a second)`,
    );
    expect(looked - began).toBeLessThan(60_000);
  });
});

const leasesRunOut = (app: TestApp) =>
  app.database.read("UPDATE outbox SET due_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL");
const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A worker in a process of its own, on the database and with the keys of the test's application. */
async function startWorker(app: TestApp): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", "server/src/worker.ts"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "test",
      SUTONG_MODE: "test",
      LOG_LEVEL: "info",
      DATABASE_URL: app.appUrl,
      DATA_DIR: app.config.DATA_DIR,
      SANDBOX_URL: app.sandbox.url,
      DEMO_PASSWORD: "Sutong-2026",
    },
  });
  if (!child.stdout) throw new Error("no output to read");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"msg":"working"')) break;
  }
  child.stdout.resume();
  return child;
}
