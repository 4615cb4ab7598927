import { monitorEventLoopDelay } from "node:perf_hooks";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "#core/actor.ts";
import { routeName } from "#http/route.ts";
import { API } from "#http/serve-routes.ts";
import { startApp, type TestApp } from "../app.ts";
import { figure } from "../reliability/figure.ts";
import { expectDeclared } from "./answers.ts";
import { fromSchema, type Schema } from "./arbitrary.ts";
import { expectCivil } from "./bad-inputs.ts";
import { makeWorld, type World } from "./world.ts";

/** G10; the full sizes stand with the other goals. */
const REQUESTS = Number(process.env["FUZZ_REQUESTS"] ?? 2000);
const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
/** These end the very sessions the others are asked with. */
const ENDS_SESSIONS = new Set(["DELETE /sessions/current"]);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

describe("requests nobody thought of", () => {
  let app: TestApp;
  let world: World;
  let document: Document;
  let asks: readonly { readonly token: string; readonly role: Role }[];
  beforeAll(async () => {
    app = await startApp("fuzz");
    world = await makeWorld(app);
    document = (await app.ask("GET", "//openapi.json")).json;
    asks = await Promise.all(
      Object.values(world.people).map(async ({ token, ask }) => ({ token, role: (await ask("GET", "/me")).json.role })),
    );
  });
  afterAll(() => app.stop());

  it(`never make it fail (SEED=${SEED})`, { timeout: 60_000 + REQUESTS * 40 }, async () => {
    process.stdout.write(`SEED=${SEED}\n`);
    const routes = app.routes.filter((route) => !ENDS_SESSIONS.has(routeName(route)));
    const each = Math.ceil(REQUESTS / routes.length);
    const tokens = [...Object.values(world.people).map(({ token }) => token), undefined];
    const ids = [
      world.draft.id,
      world.waiting.id,
      world.accepted.id,
      world.correction.id,
      world.caseId,
      world.itemId,
      world.draftMaterialId,
      world.filedMaterialId,
      world.messageId,
      world.queueId,
    ];
    const lag = monitorEventLoopDelay({ resolution: 20 });
    lag.enable();
    const rss = process.memoryUsage().rss;
    const counts = { sent: 0, understood: 0, signedOut: 0 };
    const requests = routes.flatMap((route, at) => {
      const path = API + route.path.replace(/:(\w+)/g, "{$1}");
      const { parameters = [], requestBody } = document.paths[path]?.[route.method.toLowerCase()] ?? {};
      const part = (place: string) =>
        fc.record(
          Object.fromEntries(
            parameters
              .filter((one) => one.in === place)
              .map(({ name, schema }) => [name, fromSchema(schema, document.components.schemas)]),
          ),
          {
            requiredKeys: parameters.filter((one) => one.in === place && one.required).map(({ name }) => name),
          },
        );
      // Staff and sessions are the askers themselves: they are not to be disabled or signed out by one another.
      const known = /staff|sessions/.test(route.path)
        ? ["999", "0"]
        : /courts/.test(route.path)
          ? ["鲁0102", "京01"]
          : /forms/.test(route.path)
            ? ["09", "00"]
            : ids;
      const access = app.access.get(routeName(route));
      const may = asks.filter(({ role }) => Array.isArray(access) && access.includes(role)).map(({ token }) => token);
      const arbitrary = fc.record({
        // Mostly somebody who may: behind the door there is more to break.
        token: fc.oneof(
          { arbitrary: fc.constantFrom(...(may.length > 0 ? may : tokens)), weight: 4 },
          { arbitrary: fc.constantFrom(...tokens), weight: 1 },
        ),
        id: fc.oneof(
          { arbitrary: fc.constantFrom(...known), weight: 8 },
          { arbitrary: fc.constantFrom("0", "x", "99999999999999999999", "%00", "💥"), weight: 1 },
        ),
        query: part("query"),
        headers: part("header"),
        body: requestBody
          ? fromSchema(requestBody.content["application/json"]?.schema ?? {}, document.components.schemas)
          : fc.constant(undefined),
        ifMatch: fc.constantFrom('"1"', '"2"', '"3"', "*", ""),
        key: fc.uuid(),
      });
      return fc.sample(arbitrary, { seed: SEED + at, numRuns: each }).map((request) => ({ route, ...request }));
    });
    const queue = shuffled(requests);
    await Promise.all(Array.from({ length: 6 }, () => work()));

    async function work(): Promise<void> {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const { route, token, id, query, headers, body, ifMatch, key } = next;
        const path = route.path.replace(/:\w+/, id.startsWith("%") ? id : encodeURIComponent(id));
        const search = new URLSearchParams(
          Object.entries(query as Record<string, unknown>).map(([name, value]): [string, string] => [
            name,
            written(value),
          ]),
        );
        const given = Object.entries({ ...(headers as object), "if-match": ifMatch, "idempotency-key": key })
          .map(([name, value]): [string, string] => [name, written(value)])
          .filter(([, value]) => /^[\x20-\x7e]*$/.test(value));
        const asking = {
          token,
          headers: Object.fromEntries(given),
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        };
        const answer = await app.ask(route.method, `${path}?${search}`, asking);
        const what = `${routeName(route)} ${id} ${search} ${JSON.stringify(body)?.slice(0, 600)}`;
        counts.sent += 1;
        counts.signedOut += token && answer.status === 401 && !/sessions/.test(path) ? 1 : 0;
        if (answer.json?.code === "material.ocr_busy") continue;
        expectCivil(answer, what);
        if (answer.status >= 400) continue;
        counts.understood += 1;
        expectDeclared(route, answer);
      }
    }
    expect(world.bugs()).toEqual([]);
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    figure("G10", "requests", counts.sent, { atLeast: REQUESTS });
    figure("G10", "operations", routes.length, {
      of: app.routes.length,
      atLeast: app.routes.length - ENDS_SESSIONS.size,
    });
    figure("G10", "understood", Math.round((100 * counts.understood) / counts.sent), { unit: "%" });
    figure("G10", "5xx, crash, leak or undeclared answer", world.bugs().length, { atMost: 0 });
    // The requests themselves and the one who sends them live in the same process.
    figure("G10", "memory grown, sender included", Math.round((process.memoryUsage().rss - rss) / 2 ** 20), {
      unit: "MB",
    });
    figure("G10", "event loop p99", Math.round(lag.percentile(99) / 1e6), { atMost: 200, unit: "ms", timed: true });
    // Otherwise it was the doorkeeper alone that was tested.
    expect(counts.sent).toBeGreaterThanOrEqual(REQUESTS);
    expect(counts.understood / counts.sent).toBeGreaterThan(0.12);
    expect(counts.signedOut / counts.sent).toBeLessThan(0.05);
    expect((await app.ask("GET", "//readyz")).status).toBe(200);
  });

  it("words of other scripts in every place of an address are words like any other", { timeout: 120_000 }, async () => {
    const found: string[] = [];
    for (const route of app.routes.filter(({ method }) => method === "GET")) {
      const access = app.access.get(routeName(route));
      const asker = asks.find(({ role }) => !Array.isArray(access) || access.includes(role));
      const { parameters = [] } = document.paths[API + route.path.replace(/:(\w+)/g, "{$1}")]?.["get"] ?? {};
      const texts = parameters.filter((one) => one.in === "query" && one.schema.type === "string" && !one.schema.enum);
      const required = parameters.filter((one) => one.in === "query" && one.required);
      // Ideographs, one beyond the first plane, full-width letters and digits, a letter with a mark.
      for (const word of ["鲁法案号", "𠮷田字样", "ＡＢＣ１２３４", "ábçdé"]) {
        const path = route.path.replace(/:\w+/g, encodeURIComponent(word));
        const known = route.path.replace(/:\w+/g, world.caseId);
        const given = Object.fromEntries(required.map(({ name }) => [name, word]));
        const asked = [
          ...(path === known ? [] : [`${path}?${new URLSearchParams(given)}`]),
          ...texts.map(({ name }) => `${known}?${new URLSearchParams({ ...given, [name]: word })}`),
        ];
        for (const address of asked) {
          const answer = await app.ask("GET", address, asker ? { token: asker.token } : {});
          if (answer.status >= 500) found.push(`${routeName(route)}: ${decodeURIComponent(address)}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
});

/** What was thought of may have a `toString` of its own, which is no function. */
const written = (value: unknown): string => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Always the same order for the same seed. */
function shuffled<T>(list: readonly T[]): T[] {
  const [order = []] = fc.sample(fc.shuffledSubarray([...list.keys()], { minLength: list.length }), {
    seed: SEED,
    numRuns: 1,
  });
  return order.map((at) => list[at] as T);
}
