import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isConnectionLost } from "#core/database.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, type Filed, key, seedCourtsAndRules } from "#test/filings.ts";
import { durableServer } from "#test/mariadb.ts";
import { type Person, person } from "#test/people.ts";
import type { MariaDb } from "../../launcher/mariadb.ts";
import { pooled, rowsOf, seeded, withOwner } from "./crowd.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call, lossesOf, manyDrafts, type StormReport, submissionStorm } from "./submission-storm.ts";

/** G1 and G2; their full sizes stand in goals.ts. */
const SUBMISSIONS = Number(process.env["SUBMISSIONS"] ?? 60);
const KILLS = Number(process.env["KILLS"] ?? 2);
const CLIENTS = 12;
const LONG = 60 * 60_000;
/** What a client may be told while something is down; anything else would be a fault of ours. */
const CIVIL = new Set(["200", "0", "401", "503 service.unavailable", "409 idempotency.in_flight"]);

async function expectWhole(goal: "G1" | "G2", app: TestApp, report: StormReport): Promise<void> {
  // What a dead node had claimed comes back when its lease has run out: nobody waits for that here.
  await withOwner(app, (owner) =>
    owner.query("UPDATE outbox SET due_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL AND attempts > 0"),
  );
  await app.settle();
  const losses = await lossesOf(app, report.acked);
  figure(goal, "acked", report.acked.size, { of: SUBMISSIONS, atLeast: SUBMISSIONS });
  figure(goal, "lost", losses.lost, { atMost: 0 });
  figure(goal, "duplicated", losses.duplicated, { atMost: 0 });
  figure(goal, "half-written", losses.halfWritten, { atMost: 0 });
  figure(goal, "slowest settled", Math.round(report.slowestMs), { atMost: 30_000, unit: "ms", timed: true });
  console.log(`${goal}: ${JSON.stringify(report.statuses)}`);
  expect(report.acked.size).toBe(SUBMISSIONS);
  expect(losses).toEqual({ lost: 0, duplicated: 0, halfWritten: 0, auditOk: true });
  const rude = Object.keys(report.statuses).filter((status) => !CIVIL.has(status.split(" session")[0] ?? ""));
  expect(rude).toEqual([]);
}

describe("kill -9 of API nodes under submissions", () => {
  const { random } = seeded("api kill");
  let app: TestApp;
  let drafts: Filed[];
  const nodes: (NodeProcess | null)[] = [null, null];

  beforeAll(async () => {
    app = await startApp("api_kill");
    await seedCourtsAndRules(app);
    drafts = await manyDrafts(app, SUBMISSIONS);
    await Promise.all(nodes.map(async (_, at) => (nodes[at] = await startNode(app, BEHIND_PROXY))));
  }, LONG);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node?.kill()));
    await app?.stop();
  });

  it(
    `${KILLS} kills over two nodes: nothing acknowledged is lost, doubled or half there`,
    async () => {
      let [kills, inFlight] = [0, 0];
      const strike = async (flying: ReadonlyMap<string, number>): Promise<void> => {
        const victim = random() < 0.5 ? 0 : 1;
        const node = nodes[victim];
        // Struck while it is asked, not between two requests, where that can be had.
        for (const end = performance.now() + 500; performance.now() < end && !flying.get(node?.origin ?? ""); )
          await new Promise(setImmediate);
        if (flying.get(node?.origin ?? "")) inFlight += 1;
        kills += 1;
        nodes[victim] = null;
        await node?.kill();
        nodes[victim] = await startNode(app, BEHIND_PROXY);
      };
      const origins = () => nodes.flatMap((node) => node?.origin ?? []);
      const report = await submissionStorm(app, drafts, { clients: CLIENTS, random, origins, kills: KILLS, strike });
      await Promise.all(nodes.map((node) => node?.kill()));
      figure("G1", "killed in flight", inFlight, { of: kills, atLeast: kills / 2 });
      await expectWhole("G1", app, report);
      expect(kills).toBe(KILLS);
      expect(inFlight).toBeGreaterThanOrEqual(kills / 2);
    },
    LONG,
  );
});

describe("kill -9 of the database under submissions", () => {
  const { random } = seeded("database kill");
  const durable = durableServer();
  let database: MariaDb;
  let app: TestApp;
  let drafts: Filed[];
  let witnesses: Person[];

  beforeAll(async () => {
    database = await durable.start();
    app = await startApp("database_kill", { mariadb: database });
    await seedCourtsAndRules(app);
    drafts = await manyDrafts(app, SUBMISSIONS);
    witnesses = await pooled([...Array(KILLS).keys()], 4, (at) => person(app, `见证人${at + 1}号`));
  }, LONG);
  afterAll(async () => {
    await app?.stop();
    await database.stop();
    await durable.remove();
  });

  it(
    `${KILLS} kills: nothing acknowledged is lost, and the pool comes back by itself`,
    async () => {
      const gaps: number[] = [];
      const witnessed: string[] = [];
      const written = async ({ token }: Person): Promise<string> => {
        for (const end = performance.now() + 60_000; performance.now() < end; ) {
          const opened = { path: "/filings", body: { courtCode: COURT }, token, headers: key(), from: "10.9.9.9" };
          const { status, text } = await call(app.origin, opened);
          if (status === 201) return (JSON.parse(text) as { id: string }).id;
        }
        throw new Error("no write for a minute");
      };
      const strike = async (): Promise<void> => {
        // One for each kill: a person may have only so many drafts.
        const witness = witnesses[gaps.length] as Person;
        // Killed in the moment of the answer: what the server had only in mind is gone.
        witnessed.push(await written(witness));
        await database.kill();
        database = await durable.start();
        const answers = performance.now();
        witnessed.push(await written(witness));
        gaps.push(performance.now() - answers);
      };
      const origins = () => [app.origin];
      const report = await submissionStorm(app, drafts, { clients: CLIENTS, random, origins, kills: KILLS, strike });
      figure("G2", "kills", gaps.length, { atLeast: KILLS });
      figure("G2", "first write after the port answers", Math.round(Math.max(...gaps)), {
        atMost: 5000,
        unit: "ms",
        timed: true,
      });
      // A number that was forgotten is given again.
      const rows = await rowsOf<{ id: string }>(app, "SELECT id FROM filing");
      const there = new Set(rows.map(({ id }) => id).filter((id) => witnessed.includes(id))).size;
      const forgotten = witnessed.length - there;
      figure("G2", "answered in the moment of the kill and lost", forgotten, { of: KILLS, atMost: 0 });
      expect(forgotten, "answered and lost").toBe(0);
      await expectWhole("G2", app, report);
      expect(gaps).toHaveLength(KILLS);
      // A 503 and why are told to the log as well.
      const isOurs = (error: unknown) =>
        (error as { code?: string }).code !== "service.unavailable" && !isConnectionLost(error);
      expect(app.unexpected.filter(isOurs)).toEqual([]);
    },
    LONG,
  );
});
