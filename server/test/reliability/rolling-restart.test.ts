import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { COURT, key, seedCourtsAndRules } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";
import { rowsOf } from "./crowd.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call } from "./submission-storm.ts";

/** G22; the full sizes stand in goals.ts. */
const RESTARTS = Number(process.env["RESTARTS"] ?? 1);
/** So many clients, each of whom asks, waits for the answer, and asks again: at most 50 requests a second. */
const PEOPLE = 10;
const MOST_DRAFTS = 8;
const LONG = 10 * 60_000;
const PAUSE_MS = (PEOPLE * 1000) / 50;

describe("a new version on one node after the other", () => {
  let app: TestApp;
  let people: Person[];
  const nodes: NodeProcess[] = [];

  beforeAll(async () => {
    app = await startApp("rolling");
    await seedCourtsAndRules(app);
    people = await Promise.all([...Array(PEOPLE).keys()].map((at) => person(app, `不停${at + 1}号`)));
    nodes.push(...(await Promise.all([startNode(app, BEHIND_PROXY), startNode(app, BEHIND_PROXY)])));
  }, LONG);
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.kill()));
    await app.stop();
  });

  it(
    `${RESTARTS} restarts under load: nobody is turned away`,
    async () => {
      let going = true;
      const failed: string[] = [];
      const opened: string[] = [];
      let [sent, ledOn] = [0, 0];
      /** As a balancer does: where a node does not answer at all, the next one is asked, with the same key. */
      const balanced = async (who: Person, turn: number): Promise<void> => {
        const asked = { path: "/filings", body: { courtCode: COURT }, headers: key() };
        // Nobody may have very many drafts.
        const writes = turn % 10 === 0 && turn / 10 < MOST_DRAFTS;
        const request = writes ? asked : { method: "GET", path: "/filings?limit=5" };
        let [status, text] = [0, ""];
        for (const node of [turn, turn + 1]) {
          const origin = nodes[node % 2]?.origin as string;
          ({ status, text } = await call(origin, { ...request, token: who.token, from: `10.4.0.${turn % 200}` }));
          if (status !== 0) break;
          ledOn += 1;
        }
        if (status >= 200 && status < 300) {
          if (status === 201) opened.push((JSON.parse(text) as { id: string }).id);
        } else failed.push(`${status} ${text.slice(0, 100)}`);
      };
      const begun = performance.now();
      const traffic = people.map(async (who) => {
        for (let turn = 0; going; turn += 1) {
          sent += 1;
          await Promise.all([balanced(who, turn), sleep(PAUSE_MS)]);
        }
      });
      await sleep(500);
      for (let turn = 0; turn < RESTARTS; turn += 1) {
        await nodes[turn % 2]?.stop();
        nodes[turn % 2] = await startNode(app, BEHIND_PROXY);
        await sleep(500);
      }
      going = false;
      await Promise.all(traffic);
      const rate = (sent * 1000) / (performance.now() - begun);
      const rows = await rowsOf<{ id: string }>(app, "SELECT id FROM filing");
      const lost = opened.filter((id) => !rows.some((row) => String(row.id) === id)).length;
      figure("G22", "restarts", RESTARTS);
      figure("G22", "requests", sent);
      figure("G22", "rate", Math.round(rate), { unit: "/s" });
      figure("G22", "failed", failed.length, { atMost: 0 });
      figure("G22", "led on to the other node", ledOn);
      figure("G22", "acknowledged and lost", lost + Math.abs(rows.length - opened.length), { atMost: 0 });
      expect(failed).toEqual([]);
      expect([lost, rows.length]).toEqual([0, opened.length]);
    },
    LONG,
  );
});
