import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeName } from "#http/route.ts";
import { accessTable } from "#http/serve-routes.ts";
import { type Answered, startApp, type TestApp } from "../app.ts";
import { type Plan, plans } from "./authorisation.requests.ts";
import { PERSONAS, type Persona, rows, type TableRow } from "./authorisation.table.ts";
import { openSnapshots } from "./snapshot.ts";
import { makeWorld, type World } from "./world.ts";

const UNKNOWN = { id: "9999999999999", code: "鲁9999", form: "98" };
const nameOf = ({ route, object }: TableRow): string => (object === "-" ? route : `${route} | ${object}`);
const planOf = (row: TableRow): Plan => plans[nameOf(row)] ?? plans[row.route] ?? {};

describe("who may do what to whose", () => {
  let app: TestApp;
  let world: World;
  let snapshots: Awaited<ReturnType<typeof openSnapshots>>;
  beforeAll(async () => {
    app = await startApp("authorisation");
    world = await makeWorld(app);
    snapshots = await openSnapshots(app.ownerUrl);
  });
  afterAll(async () => {
    await snapshots.close();
    await app.stop();
  });

  it("every route of the running application has a row, and every row a route", () => {
    const served = app.routes.map(routeName);
    expect([...new Set(rows.map(({ route }) => route))].sort()).toEqual(served.sort());
    expect(Object.keys(plans).filter((plan) => !rows.some((row) => nameOf(row) === plan || row.route === plan))).toEqual([]);
  });

  it("does not start with a route nobody decided about", () => {
    const policy = Object.fromEntries(app.access);
    const [first = ""] = Object.keys(policy);
    const { [first]: _, ...short } = policy;
    expect(() => accessTable(app.routes, [short])).toThrow(first);
    expect(() => accessTable(app.routes, [policy, { "GET /forgotten": "public" }])).toThrow("GET /forgotten");
    expect(() => accessTable([...app.routes, ...app.routes.slice(0, 1)], [policy])).toThrow("two routes");
    expect(accessTable(app.routes, [policy]).size).toBe(app.routes.length);
  });

  it.each(rows.map((row) => [nameOf(row), row] as const))("%s", async (_, row) => {
    const plan = planOf(row);
    const standing = row.route.includes("/:") ? await plan.standing?.(world) : undefined;
    if (row.route.includes("/:")) expect(standing, "the object to ask for").toBeTruthy();
    await app.settle();
    const refused = PERSONAS.filter((persona) => row.expected[persona] >= 400);
    const admitted = PERSONAS.filter((persona) => row.expected[persona] < 400);

    const before = refused.length > 0 ? await snapshots.take() : {};
    const answers = await Promise.all(refused.map((persona) => ask(row, plan, persona, standing)));
    expect(statusesOf(refused, answers)).toEqual(expectedOf(row, refused));
    for (const answer of answers) expectProblem(answer);
    // What is another's and what never was are told apart by nobody: the same bytes.
    if (standing !== undefined) {
      const hidden = refused.filter((persona) => row.expected[persona] <= 404);
      const absent = await Promise.all(hidden.map((persona) => ask(row, plan, persona, unknownOf(row))));
      for (const [at, persona] of hidden.entries()) {
        expect(bytesOf(absent[at]), `${persona}: an unknown id`).toEqual(bytesOf(answers[refused.indexOf(persona)]));
      }
    }
    if (refused.length > 0) expect(await snapshots.take(), "a refusal changed what is stored").toEqual(before);

    for (const persona of admitted) {
      const fresh = await (persona === "anonymous" ? plan.publicly?.(world) : (plan.publicly?.(world) ?? plan.fresh?.(world, persona)));
      const answer = await ask(row, plan, persona, fresh?.id ?? standing, fresh);
      expect([persona, answer.status], answer.text).toEqual([persona, row.expected[persona]]);
    }
    expect(app.unexpected).toEqual([]);
  });

  async function ask(row: TableRow, plan: Plan, persona: Persona, id?: string, fresh: Awaited<ReturnType<NonNullable<Plan["publicly"]>>> = {}): Promise<Answered> {
    const [method = "", path = ""] = row.route.split(" ");
    const token = fresh.token ?? (persona === "anonymous" ? undefined : world.people[persona].token);
    const body = fresh.body ?? plan.body?.(world);
    return app.ask(method, path.replace(/:\w+/, encodeURIComponent(id ?? "")) + (plan.query ?? ""), {
      token,
      ...(body === undefined ? {} : { body }),
      headers: { "x-request-id": "edges-authorisation", ...plan.headers, ...fresh.headers },
    });
  }
});

const unknownOf = ({ route }: TableRow): string => (route.includes(":code") ? UNKNOWN.code : route.includes("/forms/") ? UNKNOWN.form : UNKNOWN.id);
const statusesOf = (personas: readonly Persona[], answers: readonly Answered[]) => Object.fromEntries(personas.map((persona, at) => [persona, answers[at]?.status]));
const expectedOf = ({ expected }: TableRow, personas: readonly Persona[]) => Object.fromEntries(personas.map((persona) => [persona, expected[persona]]));

/** All that reaches the reader, but the moment. */
function bytesOf(answer: Answered | undefined) {
  const headers = Object.fromEntries(answer?.headers ?? []);
  delete headers["date"];
  return { status: answer?.status, headers, text: answer?.text };
}

function expectProblem({ status, headers, json, text }: Answered): void {
  expect(headers.get("content-type"), text).toBe("application/problem+json");
  expect(json).toMatchObject({ status, code: expect.stringMatching(/^[a-z]+\.[a-z_]+$/), title: expect.stringMatching(/[\u4e00-\u9fff]/) });
}
