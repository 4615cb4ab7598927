import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type Filed, key, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import { draftsLike, rowsOf, withOwner } from "./crowd.ts";
import { LIBRARY, STEADY } from "./faked-clock.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call } from "./submission-storm.ts";

/**
 * G14: what is handed in around the holidays of 2025 and 2026 is to be decided within seven days, and a last day of rest
 * moves to the first day of work (民事诉讼法§126, §85). Worked out by hand from the State Council's two notices.
 */
const DUE: readonly (readonly [handedIn: string, due: string, why: string])[] = [
  ["2025-09-21T12:00:00", "2025-09-28", "a Sunday worked for National Day"],
  ["2025-09-23T23:59:59", "2025-09-30", "the day before National Day"],
  ["2025-09-24T00:00:00", "2025-10-09", "a second later: past National Day and Mid-Autumn"],
  ["2025-10-03T23:59:59", "2025-10-10", "a Friday"],
  ["2025-10-04T00:00:00", "2025-10-11", "a Saturday worked for National Day"],
  ["2025-10-05T00:00:00", "2025-10-13", "a Sunday of rest"],
  ["2025-12-25T00:00:00", "2026-01-04", "past New Year, to a Sunday that is worked"],
  ["2026-02-07T23:59:59", "2026-02-14", "a Saturday worked for Spring Festival"],
  ["2026-02-08T00:00:00", "2026-02-24", "a second later: past Spring Festival"],
  ["2026-02-16T23:59:59", "2026-02-24", "handed in on its eve"],
  ["2026-02-21T23:59:59", "2026-02-28", "the other Saturday worked for it"],
  ["2026-02-22T00:00:00", "2026-03-02", "a Sunday of rest"],
  ["2026-09-23T23:59:59", "2026-09-30", "the day before National Day"],
  ["2026-09-24T00:00:00", "2026-10-08", "a second later: past National Day"],
  ["2026-10-03T12:00:00", "2026-10-10", "a Saturday worked for National Day"],
];
const ZONES: Readonly<Record<string, number>> = { UTC: 0, "Asia/Shanghai": 8 };

describe.skipIf(!existsSync(LIBRARY))("holidays, on servers in two time zones", () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-holidays-"));
  let app: TestApp;
  let drafts: Filed[];
  const nodes = new Map<string, NodeProcess>();
  const clockOf = (zone: string): string => join(folder, zone.replace("/", "-"));

  beforeAll(async () => {
    app = await startApp("holidays");
    await seedCourtsAndRules(app);
    drafts = await draftsLike(app, await readyDraft(app, "假期原告"), DUE.length * 2);
    await app.settle();
    for (const zone of Object.keys(ZONES)) {
      setClock(zone, new Date());
      const environment = { ...BEHIND_PROXY, ...STEADY, TZ: zone, FAKETIME_TIMESTAMP_FILE: clockOf(zone) };
      nodes.set(zone, await startNode(app, { ...environment, FAKETIME_CACHE_DURATION: "1" }));
    }
  }, 600_000);
  afterAll(async () => {
    await databaseAt(null);
    await Promise.all([...nodes.values()].map((node) => node.kill()));
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  /** The library reads the time as its own zone's, and looks into the file once a second. */
  function setClock(zone: string, moment: Date): void {
    const local = new Date(moment.getTime() + (ZONES[zone] ?? 0) * 3_600_000).toISOString().slice(0, 19);
    writeFileSync(`${clockOf(zone)}.new`, `@${local.replace("T", " ")}\n`);
    renameSync(`${clockOf(zone)}.new`, clockOf(zone));
  }

  /** Whoever connects from now on finds the database's clock at this moment, to the millisecond; null lets it run. */
  async function databaseAt(moment: Date | null): Promise<void> {
    await withOwner(app, async (owner) => {
      await owner.query("SET GLOBAL init_connect = ?", [moment ? `SET timestamp = ${moment.getTime() / 1000}` : ""]);
      const [rows] = await owner.query("SELECT id FROM information_schema.processlist WHERE user = 'sutong_app'");
      for (const { id } of rows as { id: string }[]) await owner.query(`KILL ${Number(id)}`).catch(() => undefined);
    });
  }

  /** Waits until the node says in its answers that it is that time. */
  async function standsAt(origin: string, moment: Date): Promise<void> {
    for (let tries = 1; tries <= 40; tries += 1) {
      const { headers } = await call(origin, { method: "GET", path: "/case-types?limit=1" });
      const ahead = Date.parse(String(headers["date"])) - moment.getTime();
      if (ahead > -2000 && ahead < 10_000) return;
      await sleep(250);
    }
    throw new Error(`the node does not stand at ${moment.toISOString()}`);
  }

  it("the day by which the court must decide is the one worked out by hand", async () => {
    const wrong: string[] = [];
    let right = 0;
    for (const [at, [handedIn, due, why]] of DUE.entries()) {
      const moment = new Date(`${handedIn}.500+08:00`);
      await databaseAt(moment);
      for (const zone of Object.keys(ZONES)) setClock(zone, moment);
      for (const { origin } of nodes.values()) await standsAt(origin, moment);
      for (const [turn, [zone, { origin }]] of [...nodes].entries()) {
        const { path, id } = drafts[at * 2 + turn] as Filed;
        const from = `10.9.${at}.${turn}`;
        const ask = async (method: string, where: string, rest: object = {}) => {
          for (let tries = 1; ; tries += 1) {
            const { status, text } = await call(origin, { method, path: where, from, ...rest });
            // Its connections were just ended: whoever is told to come again does.
            if (![0, 409, 503].includes(status) || tries === 20) return { status, json: JSON.parse(text || "null") };
            await sleep(250);
          }
        };
        const signedIn = await ask("POST", "/sessions/wechat", { body: { code: "sandbox:假期原告" } });
        const token = signedIn.json?.accessToken as string;
        const sent = await ask("POST", `${path}/moves`, { token, headers: key(), body: { action: "submit" } });
        const [row] = await rowsOf<{ at: string }>(
          app,
          "SELECT DATE_FORMAT(submitted_at, '%Y-%m-%dT%H:%i:%s.%fZ') AS at FROM filing WHERE id = ?",
          [id],
        );
        const told = sent.json?.clock?.dueOn;
        if (told === due && Date.parse(row?.at ?? "") === moment.getTime()) right += 1;
        else
          wrong.push(
            `${zone} ${handedIn} (${why}): due ${due}, told ${told}, at ${row?.at}, ${sent.status} ${JSON.stringify(sent.json).slice(0, 200)}`,
          );
      }
    }
    figure("G14", "last days around holidays as worked out by hand", right, {
      of: DUE.length * nodes.size,
      atLeast: DUE.length * nodes.size,
    });
    expect(wrong).toEqual([]);
  }, 600_000);
});
