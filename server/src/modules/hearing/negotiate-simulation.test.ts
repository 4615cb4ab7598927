import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#core/actor.ts";
import { deliver } from "#core/outbox.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { Problem } from "#core/problem.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { staffMember } from "#test/people.ts";
import { moveHearing } from "./adjourn.ts";
import { scheduleHearing } from "./fix.ts";
import { hearingSubscribers } from "./listen.ts";
import { respond } from "./negotiate.ts";

/**
 * Changes of sittings that were notified, as they come in: somebody cannot come, and says so one to fourteen days before. The others
 * answer four times out of five, and strike what collides with a life that is a quarter full. What the judge has to settle counts
 * against us: asked too late, no date found, or every date struck twice.
 */
const SEED = Number(process.env["SEED"] ?? 20260302);
const CASES = Number(process.env["CASES"] ?? 24);
const ANSWERS = 0.8;
const FULL = 0.25;
const HALF_DAYS = ["09:00", "14:00"] as const;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const actor = (accountId: string, role: Actor["role"], courtCode: string | null): Actor => ({
  accountId,
  role,
  courtCode,
  sessionId: null,
});

describe(`${CASES} changes, seed ${SEED}`, () => {
  let app: TestApp;
  let judge: Actor;
  const cases: { id: string; people: Actor[] }[] = [];
  beforeAll(async () => {
    app = await startApp("hearing-simulation");
    await seedCourtsAndRules(app);
    const staff = await clerk(app);
    const bench = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    judge = actor(bench.accountId, "judge", COURT);
    const filing = await submitted(app, "模拟原", { defendant: "模拟被" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId } = (await filing.owner.ask("GET", filing.path)).json;
    const assigned = { action: "assign", judgeId: bench.accountId };
    expect((await staff.ask("POST", `/cases/${caseId}/moves`, assigned, key())).status).toBe(200);
    for (let n = 1; n <= 6; n += 1)
      await app.database.read(
        "INSERT INTO booking_resource (kind, ref, court_code, name) VALUES ('courtroom', ?, ?, ?)",
        [`room-${n}`, COURT, `第${n}法庭`],
      );
    for (let n = 0; n < CASES; n += 1) await copyCase(caseId, n);
    await app.database.read("UPDATE outbox SET done_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL");
  }, 300_000);
  afterAll(() => app.stop());

  /** The same case again under another number, with people and a judge of its own. */
  async function copyCase(from: string, n: number): Promise<void> {
    const copy = async (table: string, changes: Record<string, string>, where: string) => {
      const columns = (
        await app.database.read<{ name: string }>(
          "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? AND column_name <> 'id' AND extra NOT LIKE '%GENERATED%'",
          [table],
        )
      ).map(({ name }) => name);
      const values = columns.map((name) => changes[name] ?? `\`${name}\``);
      await app.database.read(
        `INSERT INTO ${table} (${columns.map((name) => `\`${name}\``).join(", ")}) SELECT ${values.join(", ")} FROM ${table} WHERE ${where}`,
      );
    };
    const serial = 5000 + n;
    const filingId = `${900_000 + n}`;
    const changes = {
      serial: `${serial}`,
      number: `'（2026）鲁0102民初${serial}号'`,
      inner_id: "NULL",
      filing_id: filingId,
    };
    await copy("court_case", changes, `id = ${from}`);
    const [row] = await app.database.read<{ id: string }>("SELECT id FROM court_case WHERE filing_id = ?", [filingId]);
    const id = String(row?.id);
    await copyFiling(await filingOf(from), filingId, id);
    await copy("case_party", { case_id: id }, `case_id = ${from}`);
    const people: Actor[] = [];
    for (const [at, partyKey] of ["p1", "d1"].entries()) {
      const accountId = String(200_000 + n * 2 + at);
      await app.database.read(
        `INSERT INTO case_participant (seal_ref, case_id, account_id, party_key, capacity, powers, special_powers, firm, via, state, live, asked_at, since)
         VALUES (?, ?, ?, ?, 'party', 'own', '', '', 'court', 'active', 1, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
        [`${accountId}`.padStart(32, "0"), id, accountId, partyKey],
      );
      people.push(actor(accountId, "litigant", null));
    }
    cases.push({ id, people });
  }
  async function filingOf(id: string): Promise<string> {
    const [row] = await app.database.read<{ id: string }>("SELECT filing_id AS id FROM court_case WHERE id = ?", [id]);
    return String(row?.id);
  }
  async function copyFiling(from: string, to: string, caseId: string): Promise<void> {
    const columns = (
      await app.database.read<{ name: string }>(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'filing' AND extra NOT LIKE '%GENERATED%'",
      )
    ).map(({ name }) => name);
    const changes: Record<string, string> = {
      id: to,
      case_id: caseId,
      case_number: `CONCAT(case_number, '-${to}')`,
      receipt_number: `CONCAT(LEFT(receipt_number, 20), '-${to}')`,
    };
    const values = columns.map((name) => changes[name] ?? `\`${name}\``);
    await app.database.read(
      `INSERT INTO filing (${columns.map((name) => `\`${name}\``).join(", ")}) SELECT ${values.join(", ")} FROM filing WHERE id = ${from}`,
    );
  }

  it("are closed without staff, seven in ten or more", async () => {
    const next = random(SEED);
    const day = (from: string, days: number): string => {
      let found = addDays(from, days);
      while (!courtCalendar.statusOf(found).working) found = addDays(found, 1);
      return found;
    };
    const lives = new Map<string, Set<string>>();
    const isBusy = (who: Actor, at: Date): boolean => {
      const half = `${courtDayOf(at)} ${new Date(at.getTime() + 8 * 3_600_000).getUTCHours() < 12 ? 0 : 1}`;
      const life = lives.get(who.accountId) ?? new Set<string>();
      lives.set(who.accountId, life);
      if (![...life].some((one) => one.endsWith(half))) life.add(`${next() < FULL ? "busy" : "free"} ${half}`);
      return life.has(`busy ${half}`);
    };
    const tally = { agreed: 0, late: 0, struck: 0, none: 0 };
    const now = () => app.clock.now();
    const told = async () => {
      const failed = (_: object, error: unknown) => {
        throw error;
      };
      // Summonses are drawn elsewhere.
      await app.database.read(
        "UPDATE outbox SET done_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL AND name <> 'hearing.answers_due'",
      );
      const subscribers = [hearingSubscribers(app)];
      while (
        (await deliver({
          database: app.database,
          subscribers,
          listeners: [],
          now: async () => now(),
          failed,
        })) > 0
      );
    };
    for (const [n, { id, people }] of cases.entries()) {
      const lead = 1 + Math.floor(next() * 14);
      const held = day(courtDayOf(now()), Math.max(5, lead + 1));
      const made = await fixSomewhere(id, held, n);
      await app.transact(judge, (work) => moveHearing(work, app, made.id, { action: "notify" }));
      // The clock moves on to when somebody finds out.
      const shift = app.clock.shiftMs;
      const asksOn = Date.parse(`${addDays(held, -lead)}T10:00:00+08:00`);
      if (asksOn > now().getTime()) app.clock.shiftMs += asksOn - now().getTime();
      const [asker, other] = next() < 0.5 ? [people[0], people[1]] : [people[1], people[0]];
      const from = made.startsAt.toISOString();
      const unavailable = [{ from, to: new Date(made.startsAt.getTime() + 3 * 3_600_000).toISOString() }];
      const asked = await app
        .transact(asker as Actor, (work) => respond(work, app, made.id, { unavailable, reason: "出差" }))
        .then(() => "asked")
        .catch((error: unknown) => {
          if (error instanceof Problem && error.status === 409) return "late";
          throw error;
        });
      if (asked === "late") tally.late += 1;
      else {
        for (let turn = 0; turn < 3; turn += 1) {
          const open = await state(made.id);
          if (open !== "open") break;
          if (next() < ANSWERS) {
            const options = await app.database.read<{ ordinal: number; startsAt: Date }>(
              "SELECT ordinal, starts_at AS startsAt FROM hearing_option WHERE hearing_id = ?",
              [made.id],
            );
            const strike = options
              .filter(({ startsAt }) => isBusy(other as Actor, startsAt))
              .map(({ ordinal }) => Number(ordinal));
            await app.transact(other as Actor, (work) => respond(work, app, made.id, { strike }));
          } else {
            await app.database.read(
              "UPDATE outbox SET due_at = ? WHERE done_at IS NULL AND name = 'hearing.answers_due' AND about = ?",
              [new Date(now().getTime() - 1000), `hearing:${made.id}`],
            );
            await told();
          }
        }
        const end = await state(made.id);
        if (end === "agreed") tally.agreed += 1;
        else if (end === "court") tally.struck += 1;
        else tally.none += 1;
        if (end === "agreed") {
          const [row] = await app.database.read<{ state: string; startsAt: Date }>(
            "SELECT state, starts_at AS startsAt FROM hearing WHERE id = ?",
            [made.id],
          );
          // Moved, told again by itself, and never with less notice than the law asks.
          expect(row?.state).toBe("notified");
          expect(row?.startsAt.getTime()).not.toBe(made.startsAt.getTime());
          expect(courtDayOf(row?.startsAt as Date) >= addDays(courtDayOf(now()), 3)).toBe(true);
        }
      }
      app.clock.shiftMs = shift;
      await app.database.read("UPDATE outbox SET done_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL");
    }
    const share = (tally.agreed / CASES) * 100;
    console.log(
      `hearing negotiation: SEED=${SEED} CASES=${CASES}: ${tally.agreed} closed without staff (${share.toFixed(1)} %), ${tally.late} asked too late, ${tally.struck} not agreed, ${tally.none} still open`,
    );
    const twice = await app.database.read(
      "SELECT resource_id, quarter FROM hearing_booking GROUP BY resource_id, quarter HAVING COUNT(*) > 1",
    );
    expect(twice).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(70);
    expect(tally.none).toBe(0);
  }, 900_000);

  async function state(id: string): Promise<string> {
    const [row] = await app.database.read<{ state: string }>(
      "SELECT state FROM hearing_negotiation WHERE hearing_id = ? ORDER BY turn DESC LIMIT 1",
      [id],
    );
    return row?.state ?? "none";
  }
  /** The first half day from then on that is free. */
  async function fixSomewhere(caseId: string, from: string, n: number): Promise<{ id: string; startsAt: Date }> {
    for (let d = 0; d < 20; d += 1)
      for (const time of n % 2 === 0 ? HALF_DAYS : [...HALF_DAYS].reverse()) {
        const startsAt = new Date(`${addDays(from, d)}T${time}:00+08:00`);
        if (!courtCalendar.statusOf(addDays(from, d)).working) continue;
        try {
          const order = {
            kind: "trial",
            mode: "in_person",
            minutes: 60,
            isPublic: true,
            startsAt: startsAt.toISOString(),
          } as const;
          const made = await app.transact(judge, (work) => scheduleHearing(work, app, caseId, order));
          return { id: String(made.id), startsAt };
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
        }
      }
    throw new Error("no time is free");
  }
});
