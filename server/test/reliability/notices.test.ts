import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { seeded } from "./crowd.ts";
import { figure } from "./figure.ts";
import { AWAKE, noticeStorm, type Recipients, recipients } from "./notice-storm.ts";

// NOTICE_EVENTS=10000 NOTICE_KILLS=100 for the long run.
const EVENTS = Number(process.env["NOTICE_EVENTS"] ?? 100);
const KILLS = Number(process.env["NOTICE_KILLS"] ?? 3);
const PEOPLE = Math.min(200, Math.ceil(EVENTS / 10));
/** NOTICE_TIMED=1 on a machine of its own. */
const TIMED = process.env["NOTICE_TIMED"] === "1";
const LONG = 60 * 60_000;

describe("events to people, by real workers", () => {
  const { random } = seeded("notices");
  let app: TestApp;
  let them: Recipients;
  beforeAll(async () => {
    app = await startApp("notices", { environment: AWAKE });
    await seedCourtsAndRules(app);
    them = await recipients(app, PEOPLE);
  }, 300_000);
  afterAll(() => app.stop());

  it(
    `${EVENTS} events, ${KILLS} kills, every provider failing 20 %: nothing is missing, nothing is seen twice`,
    async () => {
      // Turned away, broken, hung up on before and after: what the real ones do on a bad day.
      const mix = [{ status: 503 }, { status: 500 }, { lose: "before" }, { lose: "after" }] as const;
      for (const peer of ["wechat", "aliyun-sms", "tencent-sms"])
        app.sandbox.faults.set(peer, { rate: 0.2, mix, times: 1e9 });
      const result = await noticeStorm(app, them, { events: EVENTS, people: PEOPLE, workers: 2, kills: KILLS, random });
      app.sandbox.faults.clear();
      console.log(JSON.stringify({ ...result, missing: result.missing.length, twice: result.twice.length }));
      figure("G9", "events", result.events);
      figure("G9", "worker kills", result.kills, { atLeast: KILLS });
      figure("G9", "killed in flight", result.killsInFlight, { of: result.kills });
      figure("G9", "missing", result.missing.length, { atMost: 0 });
      figure("G9", "seen twice", result.twice.length, { atMost: 0 });
      expect(result.missing).toEqual([]);
      expect(result.twice).toEqual([]);
      expect(result.falselySent).toEqual([]);
      expect(result.messages).toBe(EVENTS);
      expect(result.kills).toBeGreaterThanOrEqual(KILLS);
      expect(result.killsInFlight).toBeGreaterThanOrEqual(Math.floor(KILLS / 2));
    },
    LONG,
  );

  it(
    "without faults: from the event to the first channel",
    async () => {
      const events = Math.min(EVENTS, 2000);
      const plan = { events, people: PEOPLE, workers: 2, kills: 0, random, pace: 40 };
      const result = await noticeStorm(app, them, plan);
      console.log(
        `${events} events at 40/s: inside the app p95 ${result.inappP95} ms, first channel outside p95 ${result.firstP95} ms, slowest ${result.firstMax} ms`,
      );
      expect(result.missing).toEqual([]);
      expect(result.twice).toEqual([]);
      figure("G9", "no-fault p95", result.firstP95, { atMost: 10_000, unit: "ms", timed: true });
      // A busy build machine says nothing about speed: the promise is held to in the long run.
      if (TIMED) expect(result.firstP95).toBeLessThanOrEqual(10_000);
    },
    LONG,
  );

  it.runIf(TIMED)(
    "WeChat down for two minutes: SMS within 60 s",
    async () => {
      app.sandbox.faults.set("wechat", { status: 503, times: 1e9 });
      const back = setTimeout(() => app.sandbox.faults.clear("wechat"), 120_000);
      const result = await noticeStorm(app, them, {
        events: 400,
        people: PEOPLE,
        workers: 2,
        kills: 0,
        random,
        pace: 4,
      });
      clearTimeout(back);
      app.sandbox.faults.clear();
      figure("G9", "WeChat down, second channel", result.firstMax, { atMost: 60_000, unit: "ms", timed: true });
      console.log(`WeChat down: ${JSON.stringify(result.byWay)}, slowest to a channel ${result.firstMax} ms`);
      expect(result.missing).toEqual([]);
      expect(result.twice).toEqual([]);
      expect(result.firstMax).toBeLessThanOrEqual(60_000);
    },
    LONG,
  );
});
