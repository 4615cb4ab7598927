import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { RowDataPacket } from "mysql2/promise";
import { addDays, courtDayOf } from "#core/period.ts";
import type { TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { COURT, clerk, letHold, readyDraft, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { staffMember } from "#test/people.ts";
import { withOwner } from "#test/reliability/crowd.ts";
import { casesToPlan, fillSittings } from "#test/sittings.ts";
import { buildServer } from "../launcher/house-builds.ts";
import { ROOT } from "../launcher/settings.ts";
import { chainRate } from "./chain.ts";
import { fillFilings } from "./fill.ts";
import { floorToken } from "./floor.ts";
import { type Asked, median, type Round, round, share } from "./measure.ts";
import { openApp } from "./open-app.ts";
import { explainHot } from "./plans.ts";
import { type Facts, rows } from "./rows.ts";
import { type Served, serve } from "./served.ts";

/**
 * `npm run bench [-- 10000 1000000]`: what a request costs the server and the database beside a bare floor (floor.ts), and
 * how that grows with the number of filings. Ours is built first, as for production; fresh processes, requests from this
 * one, the rows and the floor in turns, five rounds each; read the ratios. `BENCH_ROWS='case|submit'` measures only the
 * rows whose name matches.
 */
const SIZES = process.argv.slice(2).map(Number);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
// The floor is asked between all rows and soon is as quick as it gets: everything begins as warm as it is. What the first
// writes lead to is not told but forgotten, which is why the teller is warmed with the last of them.
const WARM = Number(process.env["BENCH_WARM"] ?? 3000);
const WARM_TOLD = 60;
const only = new RegExp(process.env["BENCH_ROWS"] ?? "");

interface Measured {
  readonly asked: Asked;
  readonly rounds: Round[];
  readonly floor: Round[];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();

async function main(): Promise<void> {
  const logs = join(ROOT, "var/logs");
  mkdirSync(logs, { recursive: true });
  await buildServer(ROOT, logs);
  const app = await openApp();
  try {
    await seedCourtsAndRules(app);
    // One clerk takes hundreds here: the court's limit on what is in one hand is not what is measured.
    await letHold(app, 1_000_000);
    const facts = await factsOf(app);
    const p99: Map<string, number[]> = new Map();
    for (const size of SIZES.length > 0 ? SIZES : [10_000]) {
      const seconds = await fillFilings(app, facts, size);
      // Of ten filings one has a sitting ahead.
      await fillSittings(app, facts.firstDay, size / 10);
      console.log(`\n${size} filings (laid down in ${seconds.toFixed(0)} s), ${size / 10} sittings ahead`);
      for (const { asked, rounds } of await measureAll(app, facts)) {
        const times = rounds.flatMap((one) => one.times);
        p99.set(asked.name, [...(p99.get(asked.name) ?? []), share(times, 0.99)]);
      }
      await plans(app, facts);
    }
    if (!process.env["BENCH_ROWS"])
      console.log(`\n${Math.round(await chainRate(app))} events a second through the audit chain, one worker`);
    if (SIZES.length > 1) {
      console.log("\np99 in ms at each size, and the growth from the first to the last");
      console.table(
        Object.fromEntries(
          [...p99].map(([name, all]) => [
            name,
            { p99: all.map((ms) => ms.toFixed(1)).join(" → "), growth: ((all.at(-1) ?? 0) / (all[0] ?? 1)).toFixed(2) },
          ]),
        ),
      );
    }
  } finally {
    await app.stop();
  }
}

async function factsOf(app: TestApp): Promise<Facts> {
  const draft = await readyDraft(app, "王芳");
  const waiting = await submitted(app, "张伟");
  const wang = await clerk(app);
  const paid = await acceptedCase(app, "刘洋", { by: wang });
  const [queue] = (await wang.ask("GET", "/intake/queues")).json.items;
  const secret = randomBytes(32).toString("hex");
  await withOwner(app, async (owner) => {
    await owner.query("CREATE TABLE bench_floor (id BIGINT PRIMARY KEY, body TEXT NOT NULL)");
    await owner.query("INSERT INTO bench_floor VALUES (1, ?)", ["x".repeat(1024)]);
  });
  const judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
  const cases = await casesToPlan(app, paid.caseId, 100);
  const firstDay = addDays(courtDayOf(app.clock.now()), 3);
  return { draft, waiting, clerk: wang, judge, cases, firstDay, case: paid, queue: queue.id, secret };
}

/** What is read and what is written apart, each with servers of its own: nothing is charged with what the other left behind. */
async function measureAll(app: TestApp, facts: Facts): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const writes of [false, true]) measured.push(...(await measureSome(app, facts, writes)));
  print(measured);
  return measured;
}

async function measureSome(app: TestApp, facts: Facts, writes: boolean): Promise<Measured[]> {
  const { pid } = app as TestApp & { pid: number };
  const environment = {
    SUTONG_MODE: "test",
    LOG_LEVEL: "info",
    DATABASE_URL: app.appUrl,
    DATA_DIR: app.config.DATA_DIR,
    SANDBOX_URL: app.sandbox.url,
    FLOOR_SECRET: facts.secret,
    BENCH_ACCOUNT: facts.case.owner.accountId,
    BENCH_CASE: facts.case.caseId,
  };
  const kinds = ["ours", "teller", "floor", "bare", "usual"] as const;
  // The floor's own table was granted to nobody.
  const settings = {
    ours: environment,
    teller: environment,
    bare: environment,
    usual: environment,
    floor: { ...environment, DATABASE_URL: app.ownerUrl },
  };
  const servers = Object.fromEntries(
    await Promise.all(kinds.map(async (kind) => [kind, await serve(kind, settings[kind])] as const)),
  ) as Record<(typeof kinds)[number], Served>;
  try {
    const floor: Asked = {
      name: "floor",
      origin: servers.floor,
      amount: 2000,
      next: () => ({
        method: "GET",
        path: "/rows/1",
        headers: { authorization: `Bearer ${floorToken(facts.secret)}` },
      }),
    };
    const token = floor.next();
    const steady: Asked = { ...floor, next: () => token };
    const all = await rows(app, facts, servers);
    const asked = all.filter(({ name, writes: itWrites = false }) => itWrites === writes && only.test(name));
    const once = (one: Asked) => round(one, pid, servers.teller);
    const measured: Measured[] = asked.map((one) => ({ asked: one, rounds: [], floor: [] }));
    // What is compiled at the first hundred requests is not what a day costs: everything is asked before it is measured.
    for (const { lay, amount } of asked) await lay?.(WARM + WARM_TOLD + amount * ROUNDS);
    for (const one of [steady, ...asked]) {
      await round({ ...one, amount: WARM }, pid);
      if (!one.writes) continue;
      await withOwner(app, (owner) => owner.query("UPDATE outbox SET done_at = due_at WHERE done_at IS NULL"));
      await once({ ...one, amount: WARM_TOLD });
    }
    for (let turn = 0; turn < ROUNDS; turn += 1)
      for (const one of measured) {
        await quiet(app);
        // In turns: what else the machine does falls on both alike.
        if (turn % 2 === 0) one.floor.push(await once(steady));
        one.rounds.push(await once(one.asked));
        if (turn % 2 === 1) one.floor.push(await once(steady));
      }
    return measured;
  } finally {
    await Promise.all(Object.values(servers).map((one) => one.stop()));
  }
}

/** Until what was written is told of and the database has cleared up behind it: not at the cost of the next row. */
async function quiet(app: TestApp): Promise<void> {
  await app.settle();
  await withOwner(app, async (owner) => {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const [[row]] = await owner.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'");
      const left = Number(row?.["Value"]);
      // What is left of it in peace is not cleared up at all.
      if (left >= before) return;
      before = left;
      await sleep(200);
    }
  });
}

function print(measured: readonly Measured[]): void {
  const cost = ({ server, database }: Round) => server + database;
  console.table(
    Object.fromEntries(
      measured.map(({ asked, rounds, floor }) => {
        const ratio = median(rounds.map(cost)) / median(floor.map(cost));
        const times = rounds.flatMap((one) => one.times);
        const ms = (value: number) => Number(value.toFixed(2));
        return [
          asked.name,
          {
            "server CPU ms": ms(median(rounds.map(({ server }) => server))),
            "database CPU ms": ms(median(rounds.map(({ database }) => database))),
            "floor's": ms(median(floor.map(cost))),
            "× floor": ms(ratio),
            "told, CPU ms": asked.writes ? ms(median(rounds.map(({ told }) => told))) : "",
            "at most": asked.target ?? "",
            met: asked.target === undefined ? "" : ratio <= asked.target ? "yes" : "NO",
            "p50 ms": ms(share(times, 0.5)),
            "p99 ms": ms(share(times, 0.99)),
            "per s": Math.round(median(rounds.map(({ perSecond }) => perSecond))),
          },
        ];
      }),
    ),
  );
}

async function plans(app: TestApp, { draft, clerk: wang, queue }: Facts): Promise<void> {
  const found = await explainHot(app, { accountId: draft.owner.accountId, clerkId: wang.accountId, queue });
  const scans = found.filter(({ fullScan }) => fullScan).map(({ name }) => name);
  console.log(`${found.length} hot statements explained; full scans: ${scans.join(", ") || "none"}`);
  if (scans.length > 0) process.exitCode = 1;
}
