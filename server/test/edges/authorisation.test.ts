import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "#core/actor.ts";
import { type Access, routeName } from "#http/route.ts";
import { accessTable } from "#http/serve-routes.ts";
import { type Answered, startApp, type TestApp } from "../app.ts";
import { COURT, key } from "../filings.ts";
import type { Person } from "../people.ts";
import { figure } from "../reliability/figure.ts";
import type { Plan } from "./authorisation.plan.ts";
import { plans } from "./authorisation.requests.ts";
import { PERSONAS, type Persona, rows, type TableRow } from "./authorisation.table.ts";
import { openSnapshots } from "./snapshot.ts";
import { FAR_COURT, makeWorld, type World } from "./world.ts";

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
  let cells = 0;
  afterAll(async () => {
    const all = rows.length * PERSONAS.length;
    figure("G11", "cells as decided", cells, { of: all, atLeast: all });
    await snapshots.close();
    await app.stop();
  });

  it("every route of the running application has a row, and every row a route", () => {
    const served = app.routes.map(routeName);
    expect([...new Set(rows.map(({ route }) => route))].sort()).toEqual(served.sort());
    expect(
      Object.keys(plans).filter((plan) => !rows.some((row) => nameOf(row) === plan || row.route === plan)),
    ).toEqual([]);
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
      const hidden = refused.filter(
        (persona) => [401, 404].includes(row.expected[persona]) || isBarred(row, persona, app.access.get(row.route)),
      );
      const absent = await Promise.all(hidden.map((persona) => ask(row, plan, persona, unknownOf(row))));
      for (const [at, persona] of hidden.entries()) {
        expect(bytesOf(absent[at]), `${persona}: an unknown id`).toEqual(bytesOf(answers[refused.indexOf(persona)]));
      }
    }
    if (refused.length > 0) expect(await snapshots.take(), "a refusal changed what is stored").toEqual(before);

    for (const persona of admitted) {
      const fresh = await (persona === "anonymous"
        ? plan.publicly?.(world)
        : (plan.publicly?.(world) ?? plan.fresh?.(world, persona)));
      const answer = await ask(row, plan, persona, fresh?.id ?? standing, fresh);
      expect([persona, answer.status], answer.text).toEqual([persona, row.expected[persona]]);
    }
    expect(world.bugs()).toEqual([]);
    cells += PERSONAS.length;
  });

  it("lists hold what the reader may see, whatever is asked for", async () => {
    const { people, staff } = world;
    const own = [world.draft.id, world.waiting.id, world.accepted.id, world.correction.id];
    const idsIn = async (who: Person, path: string, of = "id"): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const { status, text, json }: Answered = await who.ask("GET", `${path}limit=7${cursor && `&cursor=${cursor}`}`);
        expect(status, text).toBe(200);
        for (const item of json.items) found.push(item[of]);
        cursor = json.nextCursor;
      }
      return found;
    };
    const owned = await idsIn(people.owner, "/filings?");
    expect(owned).toEqual(expect.arrayContaining(own));
    for (const [who, theirs] of [
      [people.stranger, world.strangers.id],
      [people.lawyer, world.lawyers.id],
    ] as const) {
      const listed = await idsIn(who, "/filings?");
      expect(listed).toContain(theirs);
      expect(listed.filter((id) => owned.includes(id))).toEqual([]);
    }
    const seenByCourt = await idsIn(staff.clerk, "/filings?");
    expect(seenByCourt).toEqual(expect.arrayContaining([world.waiting.id, world.lawyers.id]));
    for (const hidden of [world.draft.id, world.strangers.id]) expect(seenByCourt).not.toContain(hidden);
    expect(await idsIn(staff.clerk, "/filings?state=draft&")).toEqual([]);
    const far = await idsIn(staff.farClerk, "/filings?");
    // What was handed over to that court meanwhile is its own now; nothing else of the owner's is.
    expect(far).toContain(world.strangers.id);
    expect(far.filter((id) => own.includes(id))).toEqual([]);

    // By number, by a party's name, by a colleague, by a queue: none of them leads to another's.
    const number = encodeURIComponent((await people.owner.ask("GET", `/cases/${world.caseId}`)).json.number);
    const name = encodeURIComponent("沈青");
    for (const filter of [`number=${number}&`, `party=${name}&`, ""]) {
      expect(await idsIn(people.owner, `/cases?${filter}`)).toContain(world.caseId);
      for (const who of [people.stranger, people.lawyer, staff.farClerk])
        expect(await idsIn(who, `/cases?${filter}`)).toEqual([]);
    }
    const items = await idsIn(staff.farClerk, "/intake/items?", "filingId");
    expect([...items].sort()).toEqual([...far].sort());
    expect(await idsIn(staff.farClerk, `/intake/items?queue=${world.queueId}&`)).toEqual([]);
    expect(await idsIn(staff.farClerk, `/intake/items?assignee=${people.clerk.accountId}&`)).toEqual([]);
    expect(await idsIn(staff.clerk, "/intake/items?", "filingId")).not.toContain(world.strangers.id);
    const queues = (await staff.farClerk.ask("GET", "/intake/queues")).json.items as { court: { code: string } }[];
    expect(new Set(queues.map(({ court }) => court.code))).toEqual(new Set([FAR_COURT]));
    const colleagues = (await staff.farClerk.ask("GET", "/intake/staff")).json.items as { id: string }[];
    expect(colleagues.map(({ id }) => id)).toContain(people.farClerk.accountId);
    expect(colleagues.map(({ id }) => id)).not.toContain(people.clerk.accountId);
    expect(await idsIn(staff.admin, "/staff?")).not.toContain(people.farClerk.accountId);
    expect((await staff.farClerk.ask("GET", "/identity-reviews")).json.items).toEqual([]);

    const mine = await idsIn(people.stranger, "/messages?");
    expect(mine.length).toBeGreaterThan(0);
    expect(mine).not.toContain(world.messageId);
    const audited = (await staff.auditor.ask("GET", "/audit?limit=100")).json.items as { courtCode: string | null }[];
    expect(audited.filter(({ courtCode }) => courtCode !== COURT)).toEqual([]);
    expect((await staff.auditor.ask("GET", `/audit?object=filing:${world.strangers.id}`)).json.items).toEqual([]);
    const sessions = (await people.stranger.ask("GET", "/sessions")).json.items as { id: string }[];
    const others = (await people.owner.ask("GET", "/sessions")).json.items as { id: string }[];
    expect(sessions.filter(({ id }) => others.some((other) => other.id === id))).toEqual([]);
  });

  it("an id of another's inside a body is as good as none", async () => {
    const { people, staff, draftMaterialId } = world;
    await app.settle();
    const foreign = await world.newItem();
    const before = await snapshots.take();
    const path = `/filings/${world.strangers.id}`;
    const order = await people.stranger.ask("PUT", `${path}/materials/order`, { ids: [draftMaterialId] });
    expect([409, 422]).toContain(order.status);
    const assigned = await staff.supervisor.ask("POST", `/intake/items/${foreign.itemId}/moves`, {
      action: "assign",
      assigneeId: people.farClerk.accountId,
    });
    expect([assigned.status, assigned.json.code]).toEqual([422, "intake.unknown_staff"]);
    const unknown = await staff.supervisor.ask("POST", `/intake/items/${foreign.itemId}/moves`, {
      action: "assign",
      assigneeId: UNKNOWN.id,
    });
    expect([unknown.status, unknown.json.code]).toEqual([422, "intake.unknown_staff"]);
    expect(await snapshots.take()).toEqual(before);
  });

  it("a key of another's operation opens nothing", async () => {
    const headers = key();
    const mine = await world.people.owner.ask("POST", "/filings", { courtCode: COURT }, headers);
    const theirs = await world.people.stranger.ask("POST", "/filings", { courtCode: COURT }, headers);
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.headers.get("idempotent-replayed")).toBeNull();
    expect(theirs.json.id).not.toBe(mine.json.id);
    expect((await world.people.stranger.ask("GET", `/filings/${mine.json.id}`)).status).toBe(404);
  });

  async function ask(
    row: TableRow,
    plan: Plan,
    persona: Persona,
    id?: string,
    fresh: Awaited<ReturnType<NonNullable<Plan["publicly"]>>> = {},
  ): Promise<Answered> {
    const [method = "", path = ""] = row.route.split(" ");
    const token = fresh.token ?? (persona === "anonymous" ? undefined : world.people[persona].token);
    const body = fresh.body ?? plan.body?.(world);
    // An object within another is named by both ids, `7/12`.
    const ids = (id ?? "").split("/").map(encodeURIComponent);
    const query = typeof plan.query === "function" ? plan.query(world) : (plan.query ?? "");
    return app.ask(method, path.replace(/:\w+/g, () => ids.shift() ?? encodeURIComponent(id ?? "")) + query, {
      token,
      ...(body === undefined ? {} : { body }),
      headers: { "x-request-id": "edges-authorisation", ...plan.headers, ...fresh.headers },
    });
  }
});

const unknownOf = ({ route }: TableRow): string =>
  route.includes(":code") ? UNKNOWN.code : route.includes("/forms/") ? UNKNOWN.form : UNKNOWN.id;
/** Never let in by this route, whatever the object: some read what they may not touch, and are told so. */
const isBarred = ({ expected }: TableRow, persona: Persona, access: Access | undefined): boolean =>
  expected[persona] === 403 &&
  Array.isArray(access) &&
  !(access as readonly (Role | null)[]).includes(ROLE_OF[persona]);
const ROLE_OF: Readonly<Record<Persona, Role | null>> = {
  anonymous: null,
  owner: "litigant",
  stranger: "litigant",
  lawyer: "lawyer",
  clerk: "clerk",
  farClerk: "clerk",
  supervisor: "supervisor",
  judge: "judge",
  courtClerk: "court_clerk",
  admin: "admin",
  auditor: "auditor",
};
const statusesOf = (personas: readonly Persona[], answers: readonly Answered[]) =>
  Object.fromEntries(personas.map((persona, at) => [persona, answers[at]?.status]));
const expectedOf = ({ expected }: TableRow, personas: readonly Persona[]) =>
  Object.fromEntries(personas.map((persona) => [persona, expected[persona]]));

/** All that reaches the reader, but the moment. */
function bytesOf(answer: Answered | undefined) {
  const headers = Object.fromEntries(answer?.headers ?? []);
  delete headers["date"];
  return { status: answer?.status, headers, text: answer?.text };
}

function expectProblem({ status, headers, json, text }: Answered): void {
  expect(headers.get("content-type"), text).toBe("application/problem+json");
  expect(json).toMatchObject({
    status,
    code: expect.stringMatching(/^[a-z]+\.[a-z_]+$/),
    title: expect.stringMatching(/[\u4e00-\u9fff]/),
  });
}
