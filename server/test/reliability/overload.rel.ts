import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { type Person, person } from "#test/people.ts";
import { figure } from "./figure.ts";
import { type NodeProcess, startNode } from "./node-process.ts";
import { BEHIND_PROXY, call, type Reply } from "./submission-storm.ts";

/** G23; the full size stands in goals.ts. */
const SECONDS = Number(process.env["OVERLOAD_SECONDS"] ?? 10);
const PEOPLE = 300;
const LONG = 20 * 60_000;

/** Clients that ask, wait for the answer, and ask again; gives every answer. */
async function crowd(width: number, seconds: number, ask: (at: number) => Promise<Reply>): Promise<Reply[]> {
  const replies: Reply[] = [];
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: width }, async (_, first) => {
      for (let at = first; performance.now() < until; at += width) {
        const reply = await ask(at);
        replies.push(reply);
        // Whoever is told to wait does, if only a little: a crowd, not an attack.
        if (reply.status !== 200) await sleep(100);
      }
    }),
  );
  return replies;
}

const quantile = (replies: readonly Reply[], part: number): number => {
  const times = replies.map(({ ms }) => ms).sort((a, b) => a - b);
  return Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
};

describe("ten times as many as it can bear", () => {
  let app: TestApp;
  let node: NodeProcess;
  let people: Person[];
  beforeAll(async () => {
    app = await startApp("overload");
    await seedCourtsAndRules(app);
    people = [];
    for (let at = 0; at < PEOPLE; at += 1) people.push(await person(app, `人潮${at}号`));
    node = await startNode(app, BEHIND_PROXY);
  }, LONG);
  afterAll(async () => {
    await node?.kill();
    await app.stop();
  });

  it(
    "it goes on serving about as many as before, and tells the rest to come again",
    async () => {
      const ask = (at: number): Promise<Reply> =>
        call(node.origin, {
          method: "GET",
          path: "/filings?limit=20",
          token: people[at % PEOPLE]?.token ?? "",
          from: `10.${(at % 200) + 10}.0.${at % 250}`,
        });
      const served = (replies: readonly Reply[]) => replies.filter(({ status }) => status === 200);
      await crowd(8, 3, ask);
      const calm = await crowd(16, SECONDS, ask);
      const capacity = served(calm).length / SECONDS;
      const rush = await crowd(160, SECONDS, ask);
      const goodput = served(rush).length / SECONDS;
      const refused = rush.filter(({ status }) => status !== 200);
      const rude = refused.filter(({ status, headers }) => ![429, 503].includes(status) || !headers["retry-after"]);
      const begun = performance.now();
      let normal = Number.POSITIVE_INFINITY;
      while (performance.now() < begun + 30_000) {
        const one = await ask(1);
        if (one.status === 200 && one.ms < 3 * quantile(calm, 0.5)) {
          normal = performance.now() - begun;
          break;
        }
        await sleep(100);
      }
      figure("G23", "capacity", Math.round(capacity), { unit: "/s" });
      figure("G23", "goodput at ten times the clients", Math.round((100 * goodput) / capacity), {
        atLeast: 70,
        unit: "%",
        timed: true,
      });
      figure("G23", "p99 of the served", quantile(served(rush), 0.99), { atMost: 1500, unit: "ms", timed: true });
      figure("G23", "refused", refused.length, { of: rush.length });
      figure("G23", "refused otherwise than 429 or 503 with Retry-After", rude.length, { atMost: 0 });
      figure("G23", "normal again after", Math.round(normal), { atMost: 10_000, unit: "ms", timed: true });
      expect(rude.map(({ status }) => status)).toEqual([]);
    },
    LONG,
  );
});
