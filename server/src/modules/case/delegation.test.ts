import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { courtDayOf } from "#core/period.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson } from "#test/people.ts";

interface Given {
  readonly caseId: string;
  readonly number: string;
  readonly client: Person;
  readonly lawyer: Person;
}
const DAY_MS = 86_400_000;

describe("work that a lawyer leaves to others", () => {
  let app: TestApp;
  let staff: StaffPerson;
  beforeAll(async () => {
    app = await startApp("delegation");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
  });
  afterAll(() => app.stop());

  async function lawyerOf(name: string): Promise<Person> {
    const one = await person(app, name, { verified: true });
    const serial = String(10_000 + ([...name].reduce((sum, sign) => sum + sign.charCodeAt(0) * 7, 0) % 90_000));
    const practising = { licenseNumber: `137012020101${serial}`, firm: "山东明德律师事务所" };
    expect((await one.ask("PUT", "/me/practice", practising)).json.role).toBe("lawyer");
    return one;
  }
  async function opened(name: string, other = "对面人") {
    const filing = await submitted(app, name, { defendant: other });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const { caseId, caseNumber: number } = (await filing.owner.ask("GET", filing.path)).json;
    return { caseId: caseId as string, number: number as string, client: filing.owner };
  }
  /** The client's lawyer comes in with a power of attorney, and the client says yes. */
  async function engage(one: { caseId: string; number: string; client: Person }, partyName: string, lawyer: Person) {
    const agent = { kind: "lawyer", powers: "special", specialPowers: ["settle"] };
    const asked = await lawyer.ask("POST", "/cases/agents", { number: one.number, partyName, agent });
    expect(asked.status, asked.text).toBe(201);
    const path = `/cases/${one.caseId}/participants/${asked.json.id}/moves`;
    expect((await one.client.ask("POST", path, { action: "confirm" }, key())).status).toBe(200);
    await app.settle();
  }
  async function given(name: string, lawyer: Person): Promise<Given> {
    const one = await opened(name);
    await engage(one, name, lawyer);
    return { ...one, lawyer };
  }
  const inDays = (days: number): string => new Date(app.clock.now().getTime() + days * DAY_MS).toISOString();
  async function offer(lawyer: Person, body: object): Promise<{ id: string; code: string }> {
    const made = await lawyer.ask("POST", "/delegations", body);
    expect(made.status, made.text).toBe(201);
    return made.json;
  }
  const decide = (who: Person, code: string, decision = "accept") =>
    who.ask("POST", "/delegations/decide", { code, decision }, key());
  async function hand(lawyer: Person, to: Person, body: object): Promise<string> {
    const { id, code } = await offer(lawyer, body);
    const taken = await decide(to, code);
    expect(taken.status, taken.text).toBe(200);
    await app.settle();
    return id;
  }
  const end = (who: Person, id: string) => who.ask("POST", `/delegations/${id}/moves`, { action: "end" }, key());
  const sees = async (who: Person, caseId: string): Promise<boolean> => {
    const { status } = await who.ask("GET", `/cases/${caseId}`);
    const { items } = (await who.ask("GET", "/cases?limit=100")).json;
    const listed = items.some(({ id }: { id: string }) => id === caseId);
    expect([status, listed]).toEqual(status === 200 ? [200, true] : [404, false]);
    return listed;
  };
  /** A judgment is served on the client by post: their time to appeal runs. */
  async function serve(caseId: string, partyKey = "p1"): Promise<string> {
    const order = {
      documentKind: "judgment",
      title: "民事判决书",
      text: "判决如下。",
      recipients: [partyKey],
      channel: "post",
    };
    const made = await staff.ask("POST", `/cases/${caseId}/services`, order, key());
    expect(made.status, made.text).toBe(201);
    const [{ id }] = made.json.items;
    const facts = { signedOn: courtDayOf(app.clock.now()), signedBy: "本人" };
    const body = { action: "record", channel: "post", facts };
    expect((await staff.ask("POST", `/services/${id}/moves`, body, key())).status).toBe(200);
    await app.settle();
    return id;
  }

  it("is handed over for a time, accepted by another lawyer, marked on their desk, and told to the client", async () => {
    const [lawyer, other] = [await lawyerOf("林外出"), await lawyerOf("何代管")];
    const one = await given("庄委托", lawyer);
    await serve(one.caseId);
    const { id, code } = await offer(lawyer, { kind: "stand_in", caseIds: [one.caseId], until: inDays(20) });
    expect(await sees(other, one.caseId)).toBe(false);
    // The client is no lawyer; the lawyer does not take up their own; a wrong code says nothing.
    expect((await decide(one.client, code)).json.code).toBe("delegation.no_practice");
    expect((await decide(lawyer, code)).json.code).toBe("delegation.own");
    expect((await decide(other, "0000000000")).json.code).toBe("delegation.code_refused");
    const looked = (await other.ask("POST", "/delegations/lookup", { code }, key())).json;
    expect(looked).toMatchObject({ lawyer: { name: "林外出" }, caseCount: 1, cases: [], side: "received" });

    expect((await decide(other, code)).json).toMatchObject({
      state: { code: "active" },
      cases: [{ number: one.number }],
    });
    expect((await decide(other, code)).json.code).toBe("delegation.code_refused");
    await app.settle();
    expect([await sees(other, one.caseId), await sees(lawyer, one.caseId)]).toEqual([true, true]);
    const through = { kind: { code: "stand_in" }, lawyer: "林外出" };
    expect((await other.ask("GET", `/cases/${one.caseId}`)).json).toMatchObject({ through });
    expect((await lawyer.ask("GET", `/cases/${one.caseId}`)).json.through).toBeNull();
    const duty = await appealOf(other);
    expect(duty).toMatchObject({ case: { id: one.caseId }, through });
    expect((await appealOf(lawyer)).id).toBe(duty.id);
    // What happens from now on is told to both; the client has read that somebody stands in.
    await serve(one.caseId);
    const told = async (who: Person) =>
      (await who.ask("GET", `/changes?caseId=${one.caseId}`)).json.items.map(({ title }: { title: string }) => title);
    expect(await told(other)).toContainEqual(expect.stringContaining("已于"));
    expect(await told(lawyer)).toContainEqual(expect.stringContaining("已于"));
    expect(await told(one.client)).toContain("原告的代理律师将本案交由其他律师代管");
    const messages = async (who: Person) =>
      (await who.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(await messages(one.client)).toContain("您的案件由另一位律师代管");
    expect(await messages(lawyer)).toContain("您的代管安排已被接受");
    // Who stands in is the business of that side and of the court.
    const named = async (who: Person) =>
      (await who.ask("GET", `/cases/${one.caseId}/participants`)).json.items.map((each: { name: string }) => each.name);
    expect(await named(one.client)).toContain("何代管");
    expect(await named(staff)).toContain("何代管");

    // Marks a duty, speaks with the court, drafts: in their own name.
    expect((await other.ask("POST", `/obligations/${duty.id}/moves`, { action: "done" }, key())).status).toBe(200);
    const asked = await other.ask(
      "POST",
      `/cases/${one.caseId}/threads`,
      { subject: "开庭", body: "何时开庭？" },
      key(),
    );
    expect(asked.status, asked.text).toBe(201);
    const drafted = await other.ask("POST", `/cases/${one.caseId}/submissions`, evidence(), key());
    expect(drafted.status, drafted.text).toBe(201);
    expect(drafted.json.moves).toEqual([]);
    // Handing in, settling where service goes, leaving, and handing on are not theirs.
    const submit = await other.ask("POST", `/submissions/${drafted.json.id}/moves`, { action: "submit" }, key());
    expect(submit.json.code).toBe("submission.not_for_you");
    const withdrawn = await other.ask("POST", `/submissions/${drafted.json.id}/moves`, { action: "withdraw" }, key());
    expect(withdrawn.json.code).toBe("submission.not_for_you");
    expect((await other.ask("POST", "/delegations", { kind: "assistant", caseIds: [one.caseId] })).json.code).toBe(
      "delegation.no_case",
    );

    expect((await end(other, "1000000")).status).toBe(404);
    expect((await end(one.client, id)).status).toBe(404);
    expect((await end(lawyer, id)).json.state.code).toBe("ended");
    expect([await sees(other, one.caseId), await sees(lawyer, one.caseId)]).toEqual([false, true]);
    expect((await other.ask("GET", "/obligations?state=done")).json.items).toEqual([]);
    expect((await other.ask("GET", `/changes?caseId=${one.caseId}`)).json.items).toEqual([]);
    await app.settle();
    expect(await messages(other)).toContain("代管已经结束");
    expect(await told(one.client)).toContain("原告一方本案的代管已结束");
    expect((await end(lawyer, id)).status).toBe(409);
  });

  it("ends by itself at its moment, by the database's clock alone, and in the table when the timer rings", async () => {
    const [lawyer, other] = [await lawyerOf("钱休假"), await lawyerOf("孙接手")];
    const one = await given("李休甲", lawyer);
    const id = await hand(lawyer, other, { kind: "stand_in", caseIds: null, until: inDays(2) });
    expect(await sees(other, one.caseId)).toBe(true);
    // No event is told here: only time has passed.
    await app.database.read("UPDATE case_delegation SET until_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE id = ?", [
      id,
    ]);
    expect(await sees(other, one.caseId)).toBe(false);
    const mine = (await other.ask("GET", "/delegations")).json.items;
    expect(mine).toMatchObject([{ id, state: { code: "ended" }, moves: [], cases: [] }]);
    await app.database.read("UPDATE outbox SET due_at = UTC_TIMESTAMP(3) WHERE name = 'delegation.due' AND about = ?", [
      `delegation:${id}`,
    ]);
    await app.settle();
    const [row] = await app.database.read<{ state: string; endedBy: string }>(
      "SELECT state, ended_by AS endedBy FROM case_delegation WHERE id = ?",
      [id],
    );
    expect([row?.state, Number(row?.endedBy)]).toEqual(["ended", 0]);
  });

  it("begins at its moment and not before, and may be given back by whoever took it", async () => {
    const [lawyer, other] = [await lawyerOf("周预约"), await lawyerOf("吴等候")];
    const one = await given("郑将来", lawyer);
    const id = await hand(lawyer, other, {
      kind: "stand_in",
      caseIds: [one.caseId],
      from: inDays(1),
      until: inDays(3),
    });
    expect(await sees(other, one.caseId)).toBe(false);
    expect((await other.ask("GET", "/delegations")).json.items).toMatchObject([{ id, waiting: true }]);
    await app.database.read("UPDATE case_delegation SET from_at = UTC_TIMESTAMP(3) WHERE id = ?", [id]);
    expect(await sees(other, one.caseId)).toBe(true);
    expect((await end(other, id)).json.state.code).toBe("ended");
    expect(await sees(other, one.caseId)).toBe(false);
    for (const [body, code] of [
      [{ kind: "stand_in", caseIds: null, until: inDays(-1) }, "delegation.period"],
      [{ kind: "stand_in", caseIds: null, until: inDays(400) }, "delegation.period"],
      [{ kind: "stand_in", caseIds: ["999999"], until: inDays(1) }, "delegation.no_case"],
    ] as const)
      expect((await lawyer.ask("POST", "/delegations", body)).json.code).toBe(code);
  });

  it("goes no further than the lawyer: with the mandate it ends, and new cases follow it", async () => {
    const [lawyer, other] = [await lawyerOf("冯全部"), await lawyerOf("陈全管")];
    const one = await given("褚旧案", lawyer);
    await hand(lawyer, other, { kind: "stand_in", caseIds: null, until: inDays(9) });
    const later = await given("卫新案", lawyer);
    expect([await sees(other, one.caseId), await sees(other, later.caseId)]).toEqual([true, true]);
    const { items } = (await later.client.ask("GET", `/cases/${later.caseId}/participants`)).json;
    const agency = items.find(({ capacity }: { capacity: { code: string } }) => capacity.code === "agent");
    const standIn = items.find(({ capacity }: { capacity: { code: string } }) => capacity.code === "stand_in");
    // The client ends the stand-in in the one case, and the mandate in the other.
    const of = (caseId: string, who: string) => `/cases/${caseId}/participants/${who}/moves`;
    const ending = { action: "end", reason: "不同意代管" };
    expect((await later.client.ask("POST", of(later.caseId, standIn.id), ending, key())).status).toBe(200);
    expect([await sees(other, later.caseId), await sees(lawyer, later.caseId)]).toEqual([false, true]);
    const first = (await one.client.ask("GET", `/cases/${one.caseId}/participants`)).json.items.find(
      ({ capacity }: { capacity: { code: string } }) => capacity.code === "agent",
    );
    expect(agency.id).not.toBe(first.id);
    expect((await one.client.ask("POST", of(one.caseId, first.id), ending, key())).status).toBe(200);
    expect([await sees(other, one.caseId), await sees(lawyer, one.caseId)]).toEqual([false, false]);
  });

  it("is never taken up on two sides of one case", async () => {
    const [lawyer, other] = [await lawyerOf("蒋原告"), await lawyerOf("沈被告")];
    const one = await given("韩原", lawyer);
    const { code } = (await staff.ask("POST", `/cases/${one.caseId}/access-codes`, { partyKey: "d1" })).json;
    const defendant = await person(app, "对面人", { verified: true });
    const joined = await defendant.ask("POST", "/cases/join", { number: one.number, accessCode: code });
    expect(joined.status, joined.text).toBe(200);
    await app.settle();
    await engage({ ...one, client: defendant }, "对面人", other);
    const chosen = await offer(lawyer, { kind: "stand_in", caseIds: [one.caseId], until: inDays(5) });
    expect((await decide(other, chosen.code)).json.code).toBe("delegation.conflict");
    // Of all cases this one is left out.
    const rest = await given("杨旁案", lawyer);
    await hand(lawyer, other, { kind: "stand_in", caseIds: null, until: inDays(5) });
    expect(await sees(other, rest.caseId)).toBe(true);
    expect((await other.ask("GET", `/cases/${one.caseId}`)).json.through).toBeNull();
    const thread = await lawyer.ask("POST", `/cases/${one.caseId}/threads`, { subject: "甲", body: "乙" }, key());
    expect((await other.ask("GET", `/threads/${thread.json.id}`)).status).toBe(404);
  });

  it("gives an assistant as much as was said, each thing under their own name, until it is ended", async () => {
    const lawyer = await lawyerOf("朱带教");
    const [reader, worker, drafter] = await Promise.all(
      ["秦只看", "尤处理", "许起草"].map((name) => person(app, name, { verified: true })),
    );
    if (!reader || !worker || !drafter) throw new Error("nobody");
    const one = await given("何雇主", lawyer);
    await serve(one.caseId);
    const ids = new Map<Person, string>();
    for (const [who, level] of [
      [reader, "read"],
      [worker, "acknowledge"],
      [drafter, "draft"],
    ] as const)
      ids.set(who, await hand(lawyer, who, { kind: "assistant", caseIds: [one.caseId], level }));
    const duty = await appealOf(reader);
    expect(duty).toMatchObject({ moves: [], through: { kind: { code: "assistant" }, lawyer: "朱带教" } });
    const mark = (who: Person, action = "done") => who.ask("POST", `/obligations/${duty.id}/moves`, { action }, key());
    expect((await mark(reader)).status).toBe(404);
    expect((await mark(worker)).json.state.code).toBe("done");
    const [closed] = await app.database.read<{ by: string }>("SELECT closed_by AS `by` FROM obligation WHERE id = ?", [
      duty.id,
    ]);
    expect(closed?.by).toBe(`account:${worker.accountId}`);

    // The reader sees for themselves alone; the other one for the lawyer too, and it is said by whom.
    const service = await serve(one.caseId);
    const waiting = async (who: Person) => (await who.ask("GET", "/changes")).json.waiting as number;
    const newest = async (who: Person) => (await who.ask("GET", "/changes")).json.items[0].id as string;
    const before = await waiting(lawyer);
    expect(before).toBeGreaterThan(0);
    await reader.ask("POST", "/changes/acknowledge", { through: await newest(reader) }, key());
    expect([await waiting(reader), await waiting(lawyer)]).toEqual([0, before]);
    const [line] = (await worker.ask("GET", "/changes")).json.items;
    await worker.ask("POST", "/changes/acknowledge", { ids: [line.id] }, key());
    expect(await waiting(lawyer)).toBe(before - 1);
    const seen = (await lawyer.ask("GET", "/changes?acknowledged=true")).json.items[0];
    expect(seen).toMatchObject({ title: line.title, acknowledgedBy: "尤*" + "*" });

    for (const who of [reader, worker, drafter]) {
      expect((await who.ask("GET", `/services/${service}`)).json.moves).toEqual([]);
      const received = await who.ask("POST", `/services/${service}/moves`, { action: "acknowledge" }, key());
      expect([403, 409]).toContain(received.status);
      const asked = await who.ask("POST", `/cases/${one.caseId}/threads`, { subject: "甲", body: "乙" }, key());
      expect(asked.json.code).toBe("thread.not_for_you");
      expect((await who.ask("GET", "/delegations")).json.items).toHaveLength(1);
    }
    expect((await reader.ask("POST", `/cases/${one.caseId}/submissions`, evidence(), key())).status).toBe(403);
    const drafted = await drafter.ask("POST", `/cases/${one.caseId}/submissions`, evidence(), key());
    expect(drafted.status, drafted.text).toBe(201);
    const path = `/submissions/${drafted.json.id}`;
    expect((await drafter.ask("POST", `${path}/moves`, { action: "submit" }, key())).json.code).toBe(
      "submission.not_for_you",
    );
    expect((await lawyer.ask("GET", path)).json.moves.map((each: { action: string }) => each.action)).toContain(
      "submit",
    );
    // The other side does not hear of assistants, nor does the client by a line of the inbox.
    expect(JSON.stringify((await one.client.ask("GET", "/changes")).json)).not.toContain("助理");

    const id = ids.get(drafter) as string;
    expect((await end(lawyer, id)).status).toBe(200);
    expect(await sees(drafter, one.caseId)).toBe(false);
    expect((await drafter.ask("GET", path)).status).toBe(404);
    expect(await sees(worker, one.caseId)).toBe(true);
  });

  const appealOf = async (who: Person) =>
    (await who.ask("GET", "/obligations")).json.items.find(
      ({ rule }: { rule: { code: string } }) => rule.code === "appeal",
    );
  const evidence = () => ({
    kind: "evidence",
    content: { note: "借条复印件" },
  });
});
