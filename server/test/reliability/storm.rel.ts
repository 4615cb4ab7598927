import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type Filed, seedCourtsAndRules } from "#test/filings.ts";
import { durableServer } from "#test/mariadb.ts";
import { Relay } from "#test/relay.ts";
import type { MariaDb } from "../../launcher/mariadb.ts";
import { seeded, withOwner } from "./crowd.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, lossesOf, manyDrafts, submissionStorm } from "./submission-storm.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

/** G4; the full sizes stand in goals.ts. */
const SECONDS = Number(process.env["STORM_SECONDS"] ?? 60);
const ACKED = Number(process.env["STORM_ACKED"] ?? 200);
const EVERY_SECONDS = 4;
const LONG = 2 * 3_600_000;

describe("everything goes wrong, one thing after another", () => {
  const { random } = seeded("mixed storm");
  const durable = durableServer();
  let database: MariaDb;
  let app: TestApp;
  let drafts: Filed[];
  let worker: WorkerProcess;
  /** The lines by which nodes and worker reach the database, and whoever delivers messages and takes payments. */
  let lines: { database: Relay; providers: Relay };
  let environment: Record<string, string>;
  const nodes: (NodeProcess | null)[] = [null, null];

  beforeAll(async () => {
    database = await durable.start();
    app = await startApp("mixed_storm", { mariadb: database });
    await seedCourtsAndRules(app);
    drafts = await manyDrafts(app, ACKED);
    lines = { database: await Relay.to(app.appUrl), providers: await Relay.to(app.sandbox.url) };
    environment = {
      ...BEHIND_PROXY,
      DATABASE_URL: lines.database.instead(app.appUrl),
      SANDBOX_URL: new URL(lines.providers.instead(app.sandbox.url)).origin,
    };
    for (const at of [0, 1]) nodes[at] = await startNode(app, environment);
    worker = await startWorker(app, environment);
  }, LONG);
  afterAll(async () => {
    await worker?.kill();
    await Promise.all(nodes.map((node) => node?.kill()));
    for (const line of Object.values(lines ?? {})) line.close();
    await app?.stop();
    await database?.stop();
    await durable.remove();
  });

  const disturb = (line: "database" | "providers", how: (relay: Relay) => void) => async (): Promise<void> => {
    how(lines[line]);
    await sleep(2_000 + random() * 6_000);
    lines[line].mend();
  };
  /** Weighed as they happen in life: a node dies more often than the database. */
  const harms: readonly [weight: number, name: string, does: () => Promise<void>][] = [
    [
      40,
      "API node killed",
      async () => {
        const at = random() < 0.5 ? 0 : 1;
        const node = nodes[at];
        nodes[at] = null;
        await node?.kill();
        nodes[at] = await startNode(app, environment);
      },
    ],
    [
      15,
      "database killed",
      async () => {
        await database.kill();
        database = await durable.start();
      },
    ],
    [
      25,
      "API node frozen",
      async () => {
        const node = nodes[random() < 0.5 ? 0 : 1];
        node?.signal("SIGSTOP");
        await sleep(1000 + random() * 4000);
        node?.signal("SIGCONT");
      },
    ],
    [
      10,
      "database frozen",
      async () => {
        process.kill(database.pid, "SIGSTOP");
        await sleep(1000 + random() * 3000);
        process.kill(database.pid, "SIGCONT");
      },
    ],
    [
      10,
      "worker killed",
      async () => {
        await worker.kill();
        worker = await startWorker(app, environment);
      },
    ],
    [10, "database silent", disturb("database", (relay) => relay.silence())],
    [10, "database slow", disturb("database", (relay) => (relay.delayMs = 50 + random() * 450))],
    [10, "database broken off", disturb("database", (relay) => relay.breakOff())],
    [5, "providers silent", disturb("providers", (relay) => relay.silence())],
    [5, "providers slow", disturb("providers", (relay) => (relay.delayMs = 50 + random() * 1_950))],
    [5, "providers cut", disturb("providers", (relay) => relay.cut())],
  ];

  it(
    `${SECONDS} s, ${ACKED} submissions: all invariants hold`,
    async () => {
      const done = new Map<string, number>();
      const strike = async (): Promise<void> => {
        // As many tickets as it weighs.
        const tickets = harms.flatMap((harm) => Array.from({ length: harm[0] }, () => harm));
        const [, name, does] = tickets[Math.floor(random() * tickets.length)]!;
        done.set(name, (done.get(name) ?? 0) + 1);
        await does();
      };
      const report = await submissionStorm(app, drafts, {
        clients: 8,
        random,
        origins: () => nodes.flatMap((node) => node?.origin ?? []),
        kills: Math.floor(SECONDS / EVERY_SECONDS),
        strike,
        pace: ACKED / SECONDS,
        patienceMs: 180_000,
      });
      await worker.kill();
      await Promise.all(nodes.map((node) => node?.kill()));
      await withOwner(app, (owner) =>
        owner.query("UPDATE outbox SET due_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL AND attempts > 0"),
      );
      await app.settle();
      const losses = await lossesOf(app, report.acked);
      console.log(`mixed storm: ${JSON.stringify(Object.fromEntries(done))} ${JSON.stringify(report.statuses)}`);
      figure("G4", "acked", report.acked.size, { of: ACKED, atLeast: ACKED });
      for (const [name, times] of done) figure("G4", name, times);
      figure("G4", "lost", losses.lost, { atMost: 0 });
      figure("G4", "duplicated", losses.duplicated, { atMost: 0 });
      figure("G4", "half-written", losses.halfWritten, { atMost: 0 });
      figure("G4", "audit verifies", Number(losses.auditOk), { atLeast: 1 });
      expect(losses).toEqual({ lost: 0, duplicated: 0, halfWritten: 0, auditOk: true });
      expect(report.acked.size).toBe(ACKED);
    },
    LONG,
  );
});
