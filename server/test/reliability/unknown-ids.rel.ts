import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import type { Plan } from "../edges/authorisation.plan.ts";
import { plans } from "../edges/authorisation.requests.ts";
import { PERSONAS, type Persona, rows } from "../edges/authorisation.table.ts";
import { makeWorld, type World } from "../edges/world.ts";
import { figure } from "./figure.ts";

/** G11: how long "there is no such thing" takes must not tell what is another's from what never was. */
const TIMES = 15;
const UNKNOWN = "9999999999999";

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;

describe("another's id and an unknown one", () => {
  let app: TestApp;
  let world: World;
  beforeAll(async () => {
    app = await startApp("unknown_ids");
    world = await makeWorld(app);
  });
  afterAll(() => app.stop());

  it("are answered alike and after the same time", async () => {
    const hidden = rows.flatMap(({ route, object, expected }) => {
      const persona = PERSONAS.find((one) => one !== "anonymous" && expected[one] === 404);
      const plan: Plan = plans[object === "-" ? route : `${route} | ${object}`] ?? plans[route] ?? {};
      const isRead = /^GET .*\/:id(\/|$)/.test(route) && route.split(":").length === 2;
      return persona && isRead ? [{ route, persona: persona as Exclude<Persona, "anonymous">, plan }] : [];
    });
    const apart: [ms: number, route: string][] = [];
    for (const { route, persona, plan } of hidden) {
      const standing = await plan.standing?.(world);
      if (!standing) continue;
      await app.settle();
      const query = typeof plan.query === "function" ? plan.query(world) : (plan.query ?? "");
      const times: Record<"foreign" | "unknown", number[]> = { foreign: [], unknown: [] };
      // By turns: whatever else the machine does meets both.
      for (let turn = 0; turn < TIMES; turn += 1)
        for (const [kind, id] of [
          ["foreign", standing],
          ["unknown", UNKNOWN],
        ] as const) {
          const begun = performance.now();
          const path = route.slice("GET ".length).replace(":id", encodeURIComponent(id)) + query;
          const { status } = await world.people[persona].ask("GET", path, undefined, plan.headers);
          times[kind].push(performance.now() - begun);
          expect([route, persona, kind, status]).toEqual([route, persona, kind, 404]);
        }
      apart.push([Math.abs(median(times.foreign) - median(times.unknown)), route]);
    }
    const [most = 0, where = ""] = apart.sort(([a], [b]) => b - a)[0] ?? [];
    console.log(`medians furthest apart: ${most.toFixed(1)} ms at ${where}`);
    figure("G11", "reads timed", apart.length, { atLeast: 20 });
    figure("G11", "medians apart, another's id and an unknown one", Math.round(most * 10) / 10, {
      atMost: 10,
      unit: "ms",
      timed: true,
    });
    expect(apart.length).toBeGreaterThanOrEqual(20);
  }, 600_000);
});
