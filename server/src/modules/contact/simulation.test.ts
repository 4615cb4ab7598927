import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Actor, SYSTEM } from "#core/actor.ts";
import { deliver } from "#core/outbox.ts";
import { Problem } from "#core/problem.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { staffMember } from "#test/people.ts";
import { contactSubscribers } from "./listen.ts";
import { moveThread } from "./move.ts";
import { askCourt, askInCase, writeMessage } from "./write.ts";

/**
 * Hundreds of threads over the holidays of two years, with people who write twice in a row and an office that is often away,
 * against a slow oracle that counts days one by one and shares no code with the room. Every run takes 60 of another seed;
 * `THREADS=300 SEED=1 npx vitest run server/src/modules/contact/simulation.test.ts` is the long one.
 */
const THREADS = Number(process.env["THREADS"] ?? 60);
const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const DAY = 86_400_000;
/** Long after the last of it. */
const END = Date.parse("2026-07-01T12:00:00+08:00");

// 国办发明电〔2024〕12号、〔2025〕7号: written down here once more, so that the house's own calendar is not its own judge.
const upTo = (first: string, days: number): string[] =>
  Array.from({ length: days }, (_, n) =>
    new Date(Date.parse(`${first}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10),
  );
const REST = [
  ...upTo("2025-10-01", 8),
  ...upTo("2026-01-01", 3),
  ...upTo("2026-02-15", 9),
  ...upTo("2026-04-04", 3),
  ...upTo("2026-05-01", 5),
  ...upTo("2026-06-19", 3),
];
const MADE_UP = ["2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09"];
const isWorking = (day: string): boolean =>
  MADE_UP.includes(day) || (!REST.includes(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()));
const dayAt = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
const evening = (day: string): number => Date.parse(`${day}T18:00:00+08:00`);
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
/** The evening of the n-th working day after the day of a moment. */
function workdaysLater(from: number, n: number): number {
  let day = dayAt(from);
  for (let left = n; left > 0; ) {
    day = dayAfter(day);
    if (isWorking(day)) left -= 1;
  }
  return evening(day);
}

type Act = "party" | "court" | "drop" | "end" | "reassign" | "escalate";
interface Step {
  readonly at: number;
  readonly thread: number;
  readonly act: Act | "open";
}
/** What the oracle knows of one thread. */
class Expected {
  open = true;
  awaiting: "court" | "party" | "nobody" = "court";
  due: number;
  rung = 0;
  readonly escalated: { rung: number; at: number; auto: boolean }[] = [];
  private seconds = 0;
  constructor(at: number) {
    this.due = workdaysLater(at, 3);
    this.seconds = workdaysLater(this.due, 1);
  }
  /** Lets time pass, evening by evening. */
  advance(now: number): void {
    if (this.awaiting === "court") {
      if (now >= this.due && this.rung < 1) this.climb(this.due, true);
      if (now >= this.seconds && this.rung < 2) this.climb(this.seconds, true);
    } else if (this.awaiting === "party" && now >= this.due) this.close(this.due);
  }
  private climb(at: number, auto: boolean): void {
    this.rung += 1;
    this.escalated.push({ rung: this.rung, at, auto });
  }
  private close(at: number): void {
    this.open = false;
    this.awaiting = "nobody";
    this.due = workdaysLater(at, 10);
    this.rung = 0;
  }
  private wait(awaiting: "court" | "party", at: number): void {
    if (this.open && this.awaiting === awaiting) return;
    this.open = true;
    this.awaiting = awaiting;
    this.rung = 0;
    this.due = workdaysLater(at, awaiting === "court" ? 3 : 10);
    this.seconds = workdaysLater(this.due, 1);
  }
  /** Gives whether the act is possible, and does it. */
  act(act: Act, at: number): boolean {
    this.advance(at);
    switch (act) {
      case "party":
      case "court":
        if (!this.open && at > this.due) return false;
        this.wait(act === "party" ? "court" : "party", at);
        return true;
      case "drop":
        if (!this.open) return false;
        this.close(at);
        return true;
      case "end":
        if (!this.open || this.awaiting === "court") return false;
        this.close(at);
        return true;
      case "escalate":
        if (!this.open || this.awaiting !== "court" || this.rung === 2) return false;
        this.climb(at, false);
        return true;
      case "reassign":
        return this.open;
    }
  }
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe(`${THREADS} threads, seed ${SEED}`, () => {
  let app: TestApp;
  const people: { staff: string[]; supervisor: Actor; parties: { actor: Actor; caseId: string }[] } = {
    staff: [],
    supervisor: SYSTEM,
    parties: [],
  };
  const actor = (accountId: string, role: Actor["role"], courtCode: string | null): Actor => ({
    accountId,
    role,
    courtCode,
    sessionId: null,
  });
  beforeAll(async () => {
    app = await startApp("contact-simulation");
    await seedCourtsAndRules(app);
    const first = await clerk(app);
    const judge = await staffMember(app, { username: "judge1", role: "judge", courtCode: COURT });
    const scribe = await staffMember(app, { username: "scribe1", role: "court_clerk", courtCode: COURT });
    const head = await staffMember(app, { username: "supervisor1", role: "supervisor", courtCode: COURT });
    const second = await clerk(app, "clerk2");
    people.staff = [first, judge, scribe, second].map(({ accountId }) => accountId);
    people.supervisor = actor(head.accountId, "supervisor", COURT);
    for (const clerkId of [scribe.accountId, undefined]) {
      const filing = await submitted(app, clerkId ? "王芳" : "赵敏");
      const { item, fence } = await claimed(first, filing);
      expect((await first.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
      await app.settle();
      const { caseId } = (await filing.owner.ask("GET", filing.path)).json;
      const assigned = { action: "assign", judgeId: judge.accountId, ...(clerkId ? { clerkId } : {}) };
      expect((await first.ask("POST", `/cases/${caseId}/moves`, assigned, key())).status).toBe(200);
      people.parties.push({ actor: actor(filing.owner.accountId, "litigant", null), caseId });
    }
    // Everything else in the house rests: here only this room hears.
    await app.settle();
  }, 120_000);
  afterAll(() => app.stop());

  it("each always has an owner who is here and a due time; escalations exactly where due", async () => {
    console.log(`contact simulation: THREADS=${THREADS} SEED=${SEED}`);
    const next = random(SEED);
    const below = (n: number): number => Math.floor(next() * n);
    const steps = plan(below);
    const absences = planAbsences(below, people.staff);
    await app.database.read("UPDATE outbox SET done_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL");

    // First the oracle alone, to know at which moments to look.
    const rehearsal = new Map<number, Expected>();
    for (const { thread, at, act } of steps)
      if (act === "open") rehearsal.set(thread, new Expected(at));
      else rehearsal.get(thread)?.act(act, at);
    for (const one of rehearsal.values()) one.advance(END);
    const moments = new Set<number>();
    for (const { escalated } of rehearsal.values()) for (const { at, auto } of escalated) if (auto) moments.add(at);
    const looks = [...moments].flatMap((at) => [at - 1000, at + 1000]);
    const mornings = absences.flatMap(({ from, until }) => [
      Date.parse(`${from}T00:00:30+08:00`),
      Date.parse(`${dayAfter(until)}T00:00:30+08:00`),
    ]);

    const expected = new Map<number, Expected>();
    const ids = new Map<number, string>();
    let drops = 0;
    const line = [
      ...steps.map((step) => ({ at: step.at, run: () => act(step) })),
      ...absences.map((one) => ({ at: one.noted, run: () => note(one) })),
      ...[...looks, ...mornings].map((at) => ({ at, run: () => look(at) })),
    ].sort((a, b) => a.at - b.at);
    const contactOnly = [contactSubscribers(app)];
    for (const { at, run } of line) {
      app.clock.shiftMs = at - Date.now();
      await told();
      await run();
    }
    app.clock.shiftMs = END - Date.now();
    await told();
    await look(END);
    await compareEscalations();
    console.log(
      `contact simulation: ${steps.length} acts (${drops} refused), ${looks.length} looks, ${absences.length} absences`,
    );
    expect(drops).toBeGreaterThan(0);

    async function told(): Promise<void> {
      // What nobody in this room listens to is put aside at once.
      await app.database.read(
        "UPDATE outbox SET done_at = UTC_TIMESTAMP(3) WHERE done_at IS NULL AND name LIKE 'thread.%' AND name <> 'thread.due'",
      );
      const now = async () => app.clock.now();
      const failed = (_: object, error: unknown) => {
        throw error;
      };
      while ((await deliver({ database: app.database, subscribers: contactOnly, listeners: [], now, failed })) > 0);
    }

    async function act({ thread, act: what, at }: Step): Promise<void> {
      // One in twelve asks in a case; the others each have an account of their own, as no side may keep too many open.
      const ofCase = thread % 24 < 2 ? people.parties[thread % 24] : undefined;
      const party = ofCase ?? { actor: actor(String(100_000 + thread), "litigant", null), caseId: null };
      const words = { subject: `第${thread}次咨询`, body: "请问何时开庭？" };
      if (what === "open") {
        const made = await app.transact(party.actor, (work) =>
          party.caseId
            ? askInCase(work, app, party.caseId, words)
            : askCourt(work, app, { ...words, courtCode: COURT }),
        );
        ids.set(thread, String(made.id));
        expected.set(thread, new Expected(at));
        return;
      }
      const id = ids.get(thread) as string;
      const may = expected.get(thread)?.act(what, at) as boolean;
      const writing = { body: "补充一句", materials: [], toAll: false };
      const here = people.staff.filter((one) => !isAway(one, at));
      const by = what === "party" || what === "drop" ? party.actor : people.supervisor;
      const done = await app
        .transact(by, async (work) => {
          if (what === "party" || what === "court") await writeMessage(work, app, id, writing);
          else if (what === "reassign")
            await moveThread(work, app, id, { action: "reassign", staffId: here[thread % here.length] as string });
          else await moveThread(work, app, id, { action: what === "escalate" ? "escalate" : "close" });
          return true;
        })
        .catch((error: unknown) => {
          if (error instanceof Problem && error.status === 409) return false;
          throw error;
        });
      expect(done, `${what} at ${new Date(at).toISOString()} in thread ${thread}`).toBe(may);
      if (!may) drops += 1;
    }

    async function note({ staffId, from, until }: Away): Promise<void> {
      await app.transact(SYSTEM, async (work) => {
        await work.change(
          "INSERT INTO staff_absence (account_id, court_code, from_day, until_day, kind, noted_by, noted_at) VALUES (?, ?, ?, ?, 'leave', 1, ?)",
          [staffId, COURT, from, until, work.at],
        );
        const about = { about: `account:${staffId}`, courtCode: COURT, accountId: staffId, absenceId: "1" };
        const begins = new Date(`${from}T00:00:00+08:00`);
        await work.emit({ name: "staff.absence_begun", ...about }, begins > work.at ? { dueAt: begins } : {});
      });
      await told();
    }
    function isAway(staffId: string, at: number): boolean {
      const day = dayAt(at);
      return absences.some((one) => one.staffId === staffId && one.noted <= at && one.from <= day && day <= one.until);
    }

    /** How every thread stands, beside how it should. */
    async function look(at: number): Promise<void> {
      const rows = await app.database.read<{
        id: string;
        awaiting: string;
        due: Date;
        rung: number;
        owner: string;
        home: string;
        state: string;
      }>("SELECT id, awaiting, due_at AS due, rung, owner_id AS owner, home_id AS home, state FROM thread");
      const byId = new Map(rows.map((row) => [String(row.id), row]));
      for (const [thread, id] of ids) {
        const [row, want] = [byId.get(id), expected.get(thread)];
        want?.advance(at);
        const name = `thread ${thread} at ${new Date(at).toISOString()}`;
        expect(
          { awaiting: row?.awaiting, open: row?.state === "open", rung: Number(row?.rung), due: row?.due.getTime() },
          name,
        ).toEqual({ awaiting: want?.awaiting, open: want?.open, rung: want?.rung, due: want?.due });
        if (row?.state !== "open") continue;
        const [owner, home] = [String(row.owner), String(row.home)];
        expect(isAway(owner, at), `${name}: owner ${owner} is away`).toBe(false);
        if (!isAway(home, at)) expect(owner, `${name}: given back`).toBe(home);
      }
    }

    async function compareEscalations(): Promise<void> {
      const rows = await app.database.read<{ threadId: string; rung: number; at: Date }>(
        "SELECT thread_id AS threadId, rung, at FROM thread_step WHERE action = 'escalate' ORDER BY id",
      );
      let count = 0;
      for (const [thread, id] of ids) {
        const happened = rows.filter(({ threadId }) => String(threadId) === id);
        const wanted = expected.get(thread)?.escalated ?? [];
        expect(
          happened.map(({ rung }) => Number(rung)),
          `thread ${thread}`,
        ).toEqual(wanted.map(({ rung }) => rung));
        for (const [index, { at, auto }] of wanted.entries()) {
          const late = (happened[index]?.at.getTime() ?? 0) - at;
          // The looks lie one second before and one after; the rest is how long this machine takes for all of one evening.
          expect(late, `thread ${thread}, rung ${index}`).toBeGreaterThanOrEqual(auto ? 0 : -50);
          expect(late, `thread ${thread}, rung ${index}`).toBeLessThan(60_000);
          count += 1;
        }
      }
      expect(count).toBe(rows.length);
      console.log(`contact simulation: ${count} escalations where due`);
    }
  }, 400_000);
});

interface Away {
  readonly staffId: string;
  readonly from: string;
  readonly until: string;
  readonly noted: number;
}
const STARTS = ["2025-09-22", "2026-02-09"];

function plan(below: (n: number) => number): Step[] {
  const steps: Step[] = [];
  const ACTS: readonly Act[] = [
    "party",
    "party",
    "party",
    "court",
    "court",
    "court",
    "reassign",
    "escalate",
    "drop",
    "end",
  ];
  for (let thread = 0; thread < THREADS; thread += 1) {
    const start = Date.parse(`${STARTS[thread % 2]}T00:00:00+08:00`);
    // Never within the minute around an evening's end: the looks stand there.
    const moment = (at: number) => at - (at % 3_600_000) + 600_000 + below(2_400_000);
    let at = moment(start + below(18 * DAY));
    steps.push({ at, thread, act: "open" });
    // At least once two messages in a row by the one who asked.
    if (below(3) > 0) {
      at = moment(at + 3_600_000 * (1 + below(30)));
      steps.push({ at, thread, act: "party" });
    }
    for (let more = below(5); more > 0; more -= 1) {
      at = moment(at + 3_600_000 * (1 + below(more === 1 ? 400 : 72)));
      steps.push({ at, thread, act: ACTS[below(ACTS.length)] as Act });
    }
  }
  return steps.sort((a, b) => a.at - b.at);
}

/** Two of four are away at most: somebody is always here. */
function planAbsences(below: (n: number) => number, staff: readonly string[]): Away[] {
  return STARTS.flatMap((start) =>
    staff.slice(0, 3).map((staffId, index) => {
      const begin = Date.parse(`${start}T12:00:00+08:00`) + (index * 6 + below(4)) * DAY;
      const noted = begin - below(3) * DAY + 1000;
      return { staffId, from: dayAt(begin), until: dayAt(begin + below(5) * DAY), noted };
    }),
  );
}
