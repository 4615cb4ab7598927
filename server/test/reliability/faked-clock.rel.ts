import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { clerk, type Filed, key, letHold, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { queueCopies, rowsOf } from "./crowd.ts";
import { LIBRARY, STEADY } from "./faked-clock.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call, manyDrafts } from "./submission-storm.ts";

/** G14: nodes whose own clocks are wrong, every other one in another time zone. */
const CLOCKS: Readonly<Record<string, string>> = {
  "two minutes fast": "+120",
  "two minutes slow": "-120",
  "forty days on": "+40d",
  "two hours back": "-2h",
  "29 February": "@2028-02-29 10:00:00",
  "New Year's Eve, 16:00 UTC": "@2026-12-31 16:00:00",
};
const PER_CLOCK = 6;

describe.skipIf(!existsSync(LIBRARY))("nodes whose clocks are wrong", () => {
  let app: TestApp;
  let drafts: Filed[];
  const nodes: [name: string, node: NodeProcess][] = [];
  beforeAll(async () => {
    app = await startApp("faked_clock");
    await seedCourtsAndRules(app);
    await letHold(app, 1000);
    drafts = await manyDrafts(app, Object.keys(CLOCKS).length * PER_CLOCK);
    nodes.push(
      ...(await Promise.all(
        Object.entries(CLOCKS).map(
          async ([name, FAKETIME], at): Promise<(typeof nodes)[number]> => [
            name,
            await startNode(app, { ...BEHIND_PROXY, ...STEADY, FAKETIME, TZ: at % 2 ? "Asia/Shanghai" : "UTC" }),
          ],
        ),
      )),
    );
  }, 600_000);
  afterAll(async () => {
    await Promise.all(nodes.map(([, node]) => node.kill()));
    await app.stop();
  });

  it("sign in, hand in, number and claim by the database's time, whatever their own", async () => {
    const failed: string[] = [];
    await Promise.all(
      drafts.map(async ({ owner, path }, at) => {
        const [name, { origin }] = nodes[at % nodes.length] as (typeof nodes)[number];
        const sent = { path: `${path}/moves`, body: { action: "submit" }, token: owner.token, headers: key() };
        let reply = await call(origin, { ...sent, from: `10.8.0.${at}` });
        // Slow is not wrong: whoever hears nothing asks again with the same key.
        for (let turn = 0; reply.status === 0 && turn < 5; turn += 1)
          reply = await call(origin, { ...sent, from: `10.8.0.${at}` });
        const { status, text } = reply;
        if (status !== 200) failed.push(`${name}: ${status} ${text}`);
      }),
    );
    const rows = await rowsOf<{ receipt: string; apart: string }>(
      app,
      "SELECT receipt_number AS receipt, ABS(TIMESTAMPDIFF(SECOND, submitted_at, UTC_TIMESTAMP(3))) AS apart FROM filing WHERE submitted_at IS NOT NULL",
    );
    const doubled = rows.length - new Set(rows.map(({ receipt }) => receipt)).size;
    const misdated = rows.filter(({ apart }) => Number(apart) > 120).length;
    await app.settle();
    // A claim of a node in the future must not make another node's claim run out.
    const filing = await submitted(app, "钟差");
    await queueCopies(app, filing.id, nodes.length * 4);
    const wang = await clerk(app);
    const queue = (await wang.ask("GET", "/intake/queues")).json.items[0].id;
    const taken: string[] = [];
    for (let turn = 0; turn < nodes.length * 4; turn += 1) {
      const [, { origin }] = nodes[turn % nodes.length] as (typeof nodes)[number];
      const { status, text } = await call(origin, {
        path: `/intake/queues/${queue}/next`,
        token: wang.token,
        from: "10.8.1.2",
      });
      if (status === 200) taken.push((JSON.parse(text) as { id: string }).id);
      else failed.push(`claim: ${status} ${text}`);
    }
    const early = taken.length - new Set(taken).size;
    figure("G14", "clocks", nodes.length);
    figure("G14", "requests failed for a wrong clock", failed.length, { atMost: 0 });
    figure("G14", "doubled numbers", doubled, { atMost: 0 });
    figure("G14", "dated by a wrong clock", misdated, { atMost: 0 });
    figure("G14", "leases ended early", early, { atMost: 0 });
    expect(failed).toEqual([]);
    expect([rows.length, doubled, misdated, early]).toEqual([drafts.length, 0, 0, 0]);
  }, 300_000);
});
