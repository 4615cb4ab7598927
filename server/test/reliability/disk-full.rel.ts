import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, key, picture, seedCourtsAndRules, upload } from "#test/filings.ts";
import { programs } from "#test/mariadb.ts";
import { type Person, person } from "#test/people.ts";
import { type MariaDb, startMariaDb } from "../../launcher/mariadb.ts";
import { rowsOf } from "./crowd.ts";
import { figure } from "./figure.ts";
import { call, type Reply } from "./submission-storm.ts";

/** G15: folders on file systems of their own, which are filled up. Needs root. */
const MEGABYTE = 2 ** 20;
/** Told by the application, or by the store at its own door. */
const REFUSED = /service\.unavailable|refused: 50[37]/;
const mounted: string[] = [];

function smallDisk(name: string, megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), `sutong-${name}-`));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "tmpfs", folder]);
  mounted.push(folder);
  return folder;
}

/** Takes all of a disk but so much; gives what frees it again. */
function ballast(folder: string, leave: number): () => void {
  const { bavail, bsize } = statfsSync(folder);
  const file = join(folder, "ballast");
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - leave * MEGABYTE)));
  return () => rmSync(file);
}

const isTold = ({ status, headers }: Reply): boolean => status === 503 && Number(headers["retry-after"]) > 0;

afterAll(() => {
  for (const folder of mounted) execFileSync("umount", ["-l", folder]);
});

describe("the database's disk is full", () => {
  let database: MariaDb;
  let app: TestApp;
  let people: Person[];
  let folder: string;
  const start = () =>
    startMariaDb({ folder, programs, logFile: join(tmpdir(), "sutong-disk-full.log"), reach: "every database" });
  beforeAll(async () => {
    folder = smallDisk("database", 420);
    database = await start();
    app = await startApp("disk_full", { mariadb: database });
    await seedCourtsAndRules(app);
    people = await Promise.all([...Array(12).keys()].map((at) => person(app, `满盘${at}号`)));
  }, 600_000);
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
  });

  it("what was acknowledged stays; callers are told to come again; space heals it without a hand", async () => {
    let turn = 0;
    const next = () => people[turn++ % people.length] as Person;
    const write = () =>
      call(app.origin, { path: "/filings", body: { courtCode: COURT }, token: next().token, headers: key() });
    const acked: string[] = [];
    const others: Reply[] = [];
    const note = (reply: Reply): void => {
      if (reply.status === 201) acked.push((JSON.parse(reply.text) as { id: string }).id);
      else others.push(reply);
    };
    for (let at = 0; at < 20; at += 1) note(await write());
    const free = ballast(folder, 0);
    // A supervisor starts the server again when it ends, as systemd does.
    let watching = true;
    let restarts = 0;
    const supervisor = (async () => {
      while (watching) {
        const died = await Promise.race([database.ended.then(() => true), sleep(200).then(() => false)]);
        if (!died || !watching) continue;
        restarts += 1;
        const fresh = await start().catch(() => null);
        if (fresh) database = fresh;
        else await sleep(500);
      }
    })();
    for (const end = performance.now() + 30_000; performance.now() < end && others.length < 10; ) {
      // Rows large enough to need new pages.
      await rowsOf(app, "CREATE TABLE IF NOT EXISTS filler (bytes LONGBLOB)").catch(() => undefined);
      await rowsOf(app, "INSERT INTO filler VALUES (REPEAT('x', 1000000))").catch(() => undefined);
      note(await write());
    }
    const reading = await call(app.origin, { method: "GET", path: "/filings?limit=5", token: next().token });
    free();
    const freed = performance.now();
    let healed = Number.POSITIVE_INFINITY;
    while (performance.now() < freed + 90_000) {
      const reply = await write();
      note(reply);
      if (reply.status === 201) {
        healed = performance.now() - freed;
        break;
      }
      await sleep(200);
    }
    watching = false;
    await supervisor;
    const rows = new Set((await rowsOf<{ id: string }>(app, "SELECT id FROM filing")).map(({ id }) => String(id)));
    const rude = others.filter((reply) => !isTold(reply));
    console.log(`disk full: ${restarts} restarts, refusals ${JSON.stringify(others.map(({ status }) => status))}`);
    figure("G15", "database: acknowledged", acked.length);
    figure("G15", "database: lost", acked.filter((id) => !rows.has(id)).length, { atMost: 0 });
    figure("G15", "database: refused", others.length);
    figure("G15", "database: refused otherwise than 503 with Retry-After", rude.length, { atMost: 0 });
    figure("G15", "database: slowest refusal", Math.round(Math.max(0, ...others.map(({ ms }) => ms))), {
      atMost: 2000,
      unit: "ms",
      timed: true,
    });
    figure("G15", "database: reads meanwhile", reading.status);
    figure("G15", "database: well again after", Math.round(healed), { atMost: 60_000, unit: "ms", timed: true });
    expect(acked.filter((id) => !rows.has(id))).toEqual([]);
    expect(rude.map(({ status, text }) => `${status} ${text}`)).toEqual([]);
    expect(reading.status).toBe(200);
    expect(healed).toBeLessThan(60_000);
  }, 300_000);
});

describe("the store's disk is full", () => {
  let app: TestApp;
  let who: Person;
  let folder: string;
  beforeAll(async () => {
    folder = smallDisk("store", 40);
    mkdirSync(join(folder, "data"), { recursive: true });
    app = await startApp("store_full", { environment: { DATA_DIR: join(folder, "data") } });
    await seedCourtsAndRules(app);
    who = await person(app, "满库", { verified: true });
  }, 600_000);
  afterAll(() => app?.stop());

  it("an upload is refused and leaves nothing half; filings go on; it heals when there is room", async () => {
    const { id } = (await who.ask("POST", "/filings", { courtCode: COURT })).json;
    const first = await upload(app, who, id, "evidence", await picture("one"));
    const free = ballast(folder, 0);
    const begun = performance.now();
    const refused = await upload(app, who, id, "evidence", await picture("two")).then(
      () => "taken",
      (error: Error) => error.message,
    );
    const ms = performance.now() - begun;
    const meanwhile = await who.ask("GET", `/filings/${id}`);
    const another = await who.ask("POST", "/filings", { courtCode: COURT });
    free();
    const healed = await upload(app, who, id, "evidence", await picture("three")).then(
      () => 1,
      () => 0,
    );
    await app.settle();
    const ready = await rowsOf<{ id: string }>(app, "SELECT id FROM material WHERE state = 'ready'");
    console.log(`store full: ${refused}`);
    figure("G15", "store: refused with 503", Number(REFUSED.test(refused)), { atLeast: 1 });
    figure("G15", "store: refusal", Math.round(ms), { atMost: 2000, unit: "ms", timed: true });
    figure("G15", "store: well again", healed, { atLeast: 1 });
    figure("G15", "store: filings go on", Number(meanwhile.status === 200 && another.status === 201), { atLeast: 1 });
    expect([meanwhile.status, another.status, healed]).toEqual([200, 201, 1]);
    expect(ready.map((row) => String(row.id))).toContain(first);
    expect(refused).toMatch(REFUSED);
  }, 120_000);
});
