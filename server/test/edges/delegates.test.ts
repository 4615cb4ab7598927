import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courtDayOf } from "#core/period.ts";
import { routeName } from "#http/route.ts";
import { startApp, type TestApp } from "../app.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted } from "../filings.ts";
import type { Person, StaffPerson } from "../people.ts";
import { alike } from "./world.ts";

/**
 * Whoever stands in for a lawyer, or assists one, reads what the lawyer reads and moves next to nothing; and nothing at all is left
 * to them with the commit that ends it. The doors are taken from the running application, not from a list.
 */
describe("the doors of assistants and stand-ins", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let lawyer: Person;
  let standIn: Person;
  let assistant: Person;
  let objects: Readonly<Record<string, string>>;
  let number: string;
  const given: string[] = [];

  beforeAll(async () => {
    app = await startApp("delegates");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    [lawyer, standIn] = [await alike(app, "lawyer"), await alike(app, "lawyer")];
    assistant = await alike(app, "owner");
    const filing = await submitted(app, "代管委托人", { defendant: "代管对方" });
    const { item, fence } = await claimed(staff, filing);
    await staff.ask("POST", `${item}/moves`, accepting(fence), key());
    await app.settle();
    const client = filing.owner;
    const { caseId, caseNumber } = (await client.ask("GET", filing.path)).json;
    number = caseNumber;
    const agent = {
      kind: "lawyer",
      powers: "special",
      specialPowers: ["admit", "waive", "change", "settle", "counterclaim", "appeal"],
    };
    const asked = await lawyer.ask("POST", "/cases/agents", { number, partyName: "代管委托人", agent });
    const confirm = `/cases/${caseId}/participants/${asked.json.id}/moves`;
    expect((await client.ask("POST", confirm, { action: "confirm" }, key())).status).toBe(200);
    await app.settle();
    const thread = await lawyer.ask("POST", `/cases/${caseId}/threads`, { subject: "排期", body: "何时开庭？" }, key());
    const submission = await lawyer.ask(
      "POST",
      `/cases/${caseId}/submissions`,
      { kind: "evidence", content: { note: "借条" } },
      key(),
    );
    objects = { cases: caseId };
    const serviceId = await serve("judgment");
    const dossier = (await lawyer.ask("GET", `/cases/${caseId}/dossier`)).json;
    const duty = (await lawyer.ask("GET", "/obligations")).json.items.find(
      ({ rule }: { rule: { code: string } }) => rule.code === "appeal",
    );
    objects = {
      cases: caseId,
      threads: thread.json.id,
      submissions: submission.json.id,
      services: serviceId,
      "dossier-items": dossier.sections[0].items[0].id,
      obligations: duty.id,
    };
    const until = new Date(app.clock.now().getTime() + 86_400_000).toISOString();
    for (const [who, body] of [
      [standIn, { kind: "stand_in", caseIds: null, until }],
      [assistant, { kind: "assistant", caseIds: null, level: "draft" }],
    ] as const) {
      const offer = await lawyer.ask("POST", "/delegations", body);
      const taken = await who.ask("POST", "/delegations/decide", { code: offer.json.code, decision: "accept" }, key());
      expect(taken.status, taken.text).toBe(200);
      given.push(offer.json.id);
    }
    await app.settle();
  });
  afterAll(() => app.stop());

  /** Something is served on the client by post, and has arrived. */
  async function serve(documentKind: string): Promise<string> {
    const { cases: caseId } = objects;
    const order = { documentKind, title: "文书", text: "请查收。", recipients: ["p1"], channel: "post" };
    const made = await staff.ask("POST", `/cases/${caseId}/services`, order, key());
    expect(made.status, made.text).toBe(201);
    const [{ id }] = made.json.items;
    const signedOn = courtDayOf(app.clock.now());
    const body = { action: "record", channel: "post", facts: { signedOn, signedBy: "本人" } };
    expect((await staff.ask("POST", `/services/${id}/moves`, body, key())).status).toBe(200);
    await app.settle();
    return id;
  }

  const QUERIES: Readonly<Record<string, string>> = { "GET /cases/:id/dossier/search": "?query=%E5%80%9F%E6%AC%BE" };
  /** Every read of the case and of what belongs to it, with one id in its path. */
  const reads = () =>
    app.routes.filter((route) => {
      const access = app.access.get(routeName(route));
      const forPeople = Array.isArray(access) && access.includes("litigant");
      const [, first = ""] = route.path.split("/");
      return route.method === "GET" && forPeople && first in objects && /^[^:]*:id[^:]*$/.test(route.path);
    });
  const walk = async (who: Person): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const route of reads()) {
      const [, first = ""] = route.path.split("/");
      const path = route.path.replace(":id", objects[first] ?? "") + (QUERIES[routeName(route)] ?? "");
      found[routeName(route)] = (await who.ask("GET", path)).status;
    }
    return found;
  };
  const LISTS = ["/cases", "/changes", "/obligations", "/services", "/threads"];
  const holding = async (who: Person): Promise<string[]> => {
    const found: string[] = [];
    for (const path of LISTS) if ((await who.ask("GET", path)).text.includes(number)) found.push(path);
    return found;
  };

  it("are those of their lawyer for reading", async () => {
    const theirs = await walk(lawyer);
    expect(Object.keys(theirs).length).toBeGreaterThan(12);
    expect(await walk(standIn)).toEqual(theirs);
    expect(await walk(assistant)).toEqual(theirs);
    // What was told before is the lawyer's; what stands now is everybody's.
    const now = LISTS.filter((path) => path !== "/changes");
    for (const who of [standIn, assistant]) expect(await holding(who)).toEqual(expect.arrayContaining(now));
  });

  it("do not open for handing in, taking back, receiving, choosing an address, letting others in or leaving work to others", async () => {
    const { cases, submissions, services } = objects;
    const shut: readonly (readonly [string, string, object])[] = [
      ["POST", `/submissions/${submissions}/moves`, { action: "submit" }],
      ["POST", `/submissions/${submissions}/moves`, { action: "withdraw" }],
      ["POST", `/services/${services}/moves`, { action: "acknowledge" }],
      ["POST", `/services/${services}/moves`, { action: "ask_paper" }],
      ["POST", `/cases/${cases}/submissions`, { kind: "counterclaim", content: {} }],
      ["POST", `/cases/${cases}/submissions`, { kind: "application", application: "withdrawal", content: {} }],
    ];
    for (const who of [standIn, assistant])
      for (const [method, path, body] of shut) {
        const { status, text } = await who.ask(method, path, body, key());
        expect([path, JSON.stringify(body), status], text).toEqual([path, JSON.stringify(body), 403]);
      }
    // Signing is nobody's but the mandate's: an application that comes with a signature is refused as a whole.
    const signed = { request: "请求", facts: "理由", signature: { materialId: "1", signedOn: "2026-11-22" } };
    for (const who of [standIn, assistant]) {
      const body = { kind: "application", application: "evidence_extension", content: signed };
      expect((await who.ask("POST", `/cases/${cases}/submissions`, body, key())).status).toBe(403);
    }
    expect((await standIn.ask("POST", "/delegations", { kind: "assistant", caseIds: [cases] })).status).toBe(422);
    const moved = (await lawyer.ask("GET", `/submissions/${submissions}`)).json.state.code;
    expect(moved).toBe("draft");
  });

  it("let a stand-in speak with the court, and an assistant read along", async () => {
    const boxes = [];
    for (const who of [lawyer, standIn, assistant])
      boxes.push((await who.ask("GET", `/threads/${objects["threads"]}`)).json.canWrite);
    expect(boxes).toEqual([true, true, false]);
  });

  it("do not let a document take effect by their reading it", async () => {
    const id = await serve("decision");
    const attempts = async () => (await staff.ask("GET", `/services/${id}`)).json.attempts;
    const before = await attempts();
    for (const who of [standIn, assistant])
      expect((await who.ask("GET", `/services/${id}/document.pdf`)).status).toBe(200);
    expect(await attempts()).toEqual(before);
    // The lawyer's own reading is noted.
    await lawyer.ask("GET", `/services/${id}/document.pdf`);
    expect(await attempts()).not.toEqual(before);
  });

  it("are shut altogether with the commit that ends it, before anything is told", async () => {
    const open = await walk(lawyer);
    const shut = Object.fromEntries(Object.keys(open).map((name) => [name, 404]));
    for (const id of given)
      expect((await lawyer.ask("POST", `/delegations/${id}/moves`, { action: "end" }, key())).status).toBe(200);
    for (const who of [standIn, assistant]) {
      expect(await walk(who)).toEqual(shut);
      expect(await holding(who)).toEqual([]);
      const { cases, obligations, threads, submissions } = objects;
      for (const [path, body] of [
        [`/obligations/${obligations}/moves`, { action: "done" }],
        [`/threads/${threads}/messages`, { body: "在吗" }],
        [`/cases/${cases}/threads`, { subject: "甲", body: "乙" }],
        [`/cases/${cases}/submissions`, { kind: "evidence", content: { note: "" } }],
        [`/submissions/${submissions}/moves`, { action: "withdraw" }],
      ] as const)
        expect([path, (await who.ask("POST", path, body, key())).status]).toEqual([path, 404]);
    }
    await app.settle();
    for (const who of [standIn, assistant]) expect(await walk(who)).toEqual(shut);
    expect(await walk(lawyer)).toEqual(open);
  });
});
