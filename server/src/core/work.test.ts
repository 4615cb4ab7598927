import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase } from "#test/database.ts";
import { SYSTEM } from "./actor.ts";
import { Clock } from "./clock.ts";
import { nextNumber } from "./counter.ts";
import { type Database, openDatabase } from "./database.ts";
import { once } from "./idempotency.ts";
import { describeError } from "./log.ts";
import { type AppEvent, deliver, type Heard } from "./outbox.ts";
import { Problem } from "./problem.ts";
import { type Transact, transactor, type Work } from "./work.ts";

const POOL = 6;

describe("work on a real database", () => {
  let fresh: Awaited<ReturnType<typeof freshDatabase>>;
  let database: Database;
  let transact: Transact;
  const clock = new Clock();
  let commits = 0;

  beforeAll(async () => {
    fresh = await freshDatabase("work");
    database = openDatabase({ url: fresh.ownerUrl, poolSize: POOL });
    transact = transactor(database, clock, () => {
      commits += 1;
    });
  });
  afterAll(async () => {
    await database.close();
    await fresh.drop();
  });
  beforeEach(async () => {
    clock.shiftMs = 0;
    commits = 0;
    await database.read("DELETE FROM outbox");
    await database.read("DELETE FROM counter");
  });

  const event = { name: "test.happened", about: "thing:1", courtCode: null } as unknown as AppEvent;
  const now = async () => clock.shifted(new Date());

  test("an error leaves nothing: no row, no number, no event", async () => {
    const fall = transact(SYSTEM, async (work) => {
      await nextNumber(work, "a");
      await work.emit(event);
      throw new Error("fell");
    });
    await expect(fall).rejects.toThrow("fell");
    expect(await database.read("SELECT id FROM outbox")).toEqual([]);
    expect(await database.read("SELECT name FROM counter")).toEqual([]);
    expect(commits).toBe(0);
    expect(await transact(SYSTEM, (work) => nextNumber(work, "a"))).toBe(1);
  });

  test("more transactions than connections, each asking something outside of itself, all come through", async () => {
    const count = POOL * 5;
    const numbers = await Promise.all(
      Array.from({ length: count }, () =>
        transact(SYSTEM, async (work) => {
          await database.sequelize.query("SELECT COUNT(*) FROM outbox");
          return nextNumber(work, "crowd");
        }),
      ),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
  });

  test("the loser of a deadlock runs again and finds the world as it is", async () => {
    for (const name of ["left", "right"]) await transact(SYSTEM, (work) => nextNumber(work, name));
    const turns = [0, 0];
    const cross = (names: string[], who: number) =>
      transact(SYSTEM, async (work) => {
        turns[who] = (turns[who] ?? 0) + 1;
        for (const name of names) {
          await nextNumber(work, name);
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
      });
    await Promise.all([cross(["left", "right"], 0), cross(["right", "left"], 1)]);
    expect(turns.sort(), "there was a deadlock, and one ran twice").toEqual([1, 2]);
    expect(
      (await database.read<{ value: string }>("SELECT value FROM counter")).map(({ value }) => Number(value)),
    ).toEqual([3, 3]);
  });

  test.each([
    ["2^31", 2n ** 31n - 2n],
    ["2^32", 2n ** 32n - 2n],
  ])("a counter passes %s without a wrong number", async (_, start) => {
    await database.read("INSERT INTO counter (name, value) VALUES ('big', ?)", [start]);
    for (let step = 1n; step <= 10n; step += 1n)
      expect(BigInt(await transact(SYSTEM, (work) => nextNumber(work, "big")))).toBe(start + step);
  });

  test("a counter stops before it would give a number that is not the one it counted", async () => {
    await database.read("INSERT INTO counter (name, value) VALUES ('end', ?)", [2n ** 53n - 2n]);
    expect(await transact(SYSTEM, (work) => nextNumber(work, "end"))).toBe(Number.MAX_SAFE_INTEGER);
    for (let step = 0; step < 10; step += 1)
      await expect(transact(SYSTEM, (work) => nextNumber(work, "end"))).rejects.toMatchObject({
        code: "service.unavailable",
      });
  });

  test("an event is told after the commit; one that is due later waits for its time", async () => {
    const told: string[] = [];
    const listeners = [async (all: readonly Heard[]) => void told.push(...all.map(({ facts }) => facts.eventId))];
    const tell = () => deliver({ database, subscribers: [], listeners, now, failed: () => undefined });
    await transact(SYSTEM, async (work) => {
      await work.emit(event);
      await work.emit(event, { dueAt: new Date(work.at.getTime() + 3_600_000) });
    });
    expect(commits).toBe(1);
    clock.shiftMs = 1_000;
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(0);
    clock.shiftMs = 3_700_000;
    expect(await tell()).toBe(1);
    expect(told).toHaveLength(2);
  });

  test("a listener that fails is told again later, and later still", async () => {
    let tries = 0;
    const failures: number[] = [];
    const listeners = [
      async () => {
        tries += 1;
        if (tries < 3) throw new Error("not now");
      },
    ];
    const tell = () =>
      deliver({
        database,
        subscribers: [],
        listeners,
        now,
        failed: ({ attempts }) => void failures.push(attempts),
      });
    await transact(SYSTEM, (work) => work.emit(event));
    clock.shiftMs = 1_000;
    expect([await tell(), await tell()], "not at once").toEqual([0, 0]);
    clock.shiftMs = 32_000;
    expect(await tell()).toBe(0);
    clock.shiftMs = 70_000;
    expect(await tell(), "the pause doubles").toBe(0);
    clock.shiftMs = 100_000;
    expect(await tell()).toBe(1);
    expect(failures).toEqual([1, 2]);
  });

  test("an event that a listener to all cannot bear holds up no other", async () => {
    await transact(SYSTEM, async (work) => {
      for (const about of ["test:1", "test:2", "test:3"]) await work.emit({ ...event, about });
    });
    clock.shiftMs = 1_000;
    const [heard, failures]: string[][] = [[], []];
    const listeners = [
      async (all: readonly Heard[]) => {
        if (all.some((one) => one.event.about === "test:2")) throw new Error("not this one");
        heard?.push(...all.map((one) => one.event.about));
      },
    ];
    const failed = (_: unknown, error: unknown) => void failures?.push((error as Error).message);
    expect(await deliver({ database, subscribers: [], listeners, now, failed })).toBe(2);
    expect(heard).toEqual(["test:1", "test:3"]);
    expect(failures).toEqual(["not this one"]);
  });

  test("an event whose row was spoilt holds up no other", async () => {
    await transact(SYSTEM, async (work) => {
      for (const about of ["spoilt:1", "spoilt:2"]) await work.emit({ ...event, about });
    });
    await database.read("UPDATE outbox SET payload = '{' WHERE about = 'spoilt:1'");
    clock.shiftMs = 1_000;
    const [heard, failures]: string[][] = [[], []];
    const listeners = [async (all: readonly Heard[]) => void heard?.push(...all.map((one) => one.event.about))];
    const failed = ({ name }: { name: string }) => void failures?.push(name);
    expect(await deliver({ database, subscribers: [], listeners, now, failed })).toBe(1);
    expect([heard, failures]).toEqual([["spoilt:2"], [event.name]]);
  });

  test("a deadlock that a body does not mind leaves nothing behind", async () => {
    await database.read("INSERT INTO counter (name, value) VALUES ('left', 0), ('right', 0), ('after', 0)");
    const add = (work: Work, name: string) =>
      work.change("UPDATE counter SET value = value + 1 WHERE name = ?", [name]);
    let meet: () => void = () => undefined;
    const met = new Promise<void>((done) => {
      meet = done;
    });
    let [here, tries] = [0, 0];
    const cross = (first: string, second: string) =>
      transact(SYSTEM, async (work) => {
        tries += 1;
        await add(work, first);
        here += 1;
        if (here >= 2) meet();
        await met;
        const lost = await add(work, second).then(
          () => false,
          () => true,
        );
        if (lost) await add(work, "after");
      });
    const ends = await Promise.allSettled([cross("left", "right"), cross("right", "left")]);
    expect([tries, ends.filter(({ status }) => status === "fulfilled").length]).toEqual([2, 1]);
    expect(
      await database.read("SELECT value FROM counter WHERE name IN ('left', 'right', 'after') ORDER BY name"),
    ).toEqual(["0", "1", "1"].map((value) => ({ value })));
  });

  test("a statement asked again is read by the parser that was made for it", async () => {
    const parsers = createRequire(import.meta.url)(
      fileURLToPath(new URL("../../../node_modules/mysql2/lib/parsers/parser_cache.js", import.meta.url)),
    );
    const { getParser } = parsers;
    let made = 0;
    parsers.getParser = (...given: unknown[]) => {
      const compile = given.pop() as (...all: unknown[]) => unknown;
      const counted = (...all: unknown[]) => {
        made += 1;
        return compile(...all);
      };
      return getParser(...given, counted);
    };
    const [plainly, byModel, outside] = [
      "SELECT 1 AS never_a, NOW(3) AS never_b",
      "SELECT 2 AS never_c",
      "SELECT 3 AS never_d",
    ];
    try {
      for (let times = 0; times < 5; times += 1) {
        await transact(SYSTEM, async (work) => {
          await work.query(plainly);
          await database.sequelize.query(byModel, { transaction: work.tx });
        });
        await database.read(outside);
      }
    } finally {
      parsers.getParser = getParser;
    }
    // One for each, and one for what a work begins with, if nothing was asked before.
    expect([3, 4]).toContain(made);
  });

  test("what is logged of a statement that fails says which it was, and none of its values", async () => {
    const again = (work: Work) =>
      work.change("INSERT INTO counter (name, value) VALUES (?, ?)", ["王芳 13800138000", 1]);
    await transact(SYSTEM, again);
    const twice = await transact(SYSTEM, again).catch((error: Error) => describeError(error));
    const wrong = await database
      .read("INSERT INTO counter (name, value) VALUES (?, ?)", ["x", "王芳's"])
      .catch((error: Error) => describeError(error));
    for (const told of [twice, wrong]) {
      expect(told).toMatchObject({ statement: expect.stringContaining("VALUES (?, ?)") });
      expect(JSON.stringify(told)).not.toMatch(/王芳|13800138000/);
    }
    expect([twice, wrong]).toMatchObject([{ errno: 1062 }, { errno: 1366 }]);
  });

  test("many workers tell each event once", async () => {
    await transact(SYSTEM, async (work) => {
      for (let count = 0; count < 100; count += 1) await work.emit(event);
    });
    clock.shiftMs = 1_000;
    const told: string[] = [];
    const listeners = [async (all: readonly Heard[]) => void told.push(...all.map(({ facts }) => facts.eventId))];
    const worker = async () => {
      while ((await deliver({ database, subscribers: [], listeners, now, failed: () => undefined })) > 0);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(new Set(told).size).toBe(100);
    expect(told).toHaveLength(100);
  });

  test("a key answers once, keeps its answer, and forgets a refusal", async () => {
    const ask = (body: string, run: () => Promise<{ status: number; body: string }>) =>
      transact(SYSTEM, (work) => once(work, { scope: "me POST /x", key: "k", body: Buffer.from(body) }, run), {
        repeatable: true,
      });
    let runs = 0;
    const answer = async () => {
      runs += 1;
      return { status: 201, body: `{"n":${runs},"名":"王"}` };
    };
    await expect(ask("a", async () => Promise.reject(new Problem("x.no", 422, "不行")))).rejects.toMatchObject({
      code: "x.no",
    });
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => ask("a", answer)));
    const given = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(runs).toBe(1);
    expect(new Set(given.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(given.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const one of all)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "idempotency.in_flight", status: 409 });
    await expect(ask("b", answer)).rejects.toMatchObject({ code: "idempotency.other_body", status: 422 });
    expect(await ask("a", answer)).toMatchObject({ replayed: true, status: 201 });
  });
});
