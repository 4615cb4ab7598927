import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answered, startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, type Filed, key, readyDraft, seedCourtsAndRules } from "#test/filings.ts";
import { type StaffPerson, staffMember } from "#test/people.ts";
import { draftsLike, rowsOf, seeded, submitAll } from "./crowd.ts";

const ROUNDS = 12;

describe("two people, one filing, one moment", () => {
  const { random } = seeded("two-decisions");
  let app: TestApp;
  let wang: StaffPerson;
  let li: StaffPerson;
  let filings: Filed[];

  beforeAll(async () => {
    app = await startApp("two_decisions");
    await seedCourtsAndRules(app);
    wang = await staffMember(app, { username: "clerk1", displayName: "王立案", role: "clerk", courtCode: COURT });
    li = await staffMember(app, { username: "clerk2", displayName: "李立案", role: "clerk", courtCode: COURT });
    filings = await draftsLike(app, await readyDraft(app, "王芳"), ROUNDS + 8);
    await submitAll(filings);
    await app.settle();
  }, 120_000);
  afterAll(() => app.stop());

  const refusing = (fence: number) => ({
    action: "refuse",
    fence,
    groundCode: "no_jurisdiction",
    note: "被告住所地不在本院辖区。",
  });
  const outcomes = (answers: Answered[]) =>
    answers.map(({ status, json }) => `${status} ${status === 200 ? json.decision.action : json.code}`).sort();
  const take = () => filings.pop() as Filed;

  it("the same clerk in two windows: one decision counts, the other hears who decided, how and when", async () => {
    const [ground] = (await wang.ask("GET", "/intake/grounds")).json.items;
    for (let round = 0; round < ROUNDS; round += 1) {
      const filing = take();
      const { item, fence } = await claimed(wang, filing);
      const bodies = [accepting(fence), { ...refusing(fence), groundCode: ground.code }];
      if (random() < 0.5) bodies.reverse();
      const answers = await Promise.all(bodies.map((body) => wang.ask("POST", `${item}/moves`, body, key())));
      const won = answers.find(({ status }) => status === 200);
      const lost = answers.find(({ status }) => status !== 200);
      expect(won, outcomes(answers).join()).toBeDefined();
      expect([lost?.status, lost?.json.code]).toEqual([409, "intake.decided"]);
      expect(lost?.json.decided).toMatchObject({ action: won?.json.decision.action, byName: "王立案" });
      expect(Date.parse(lost?.json.decided.at)).not.toBeNaN();
      const state = won?.json.decision.action === "accept" ? "accepted" : "refused";
      expect((await filing.owner.ask("GET", filing.path)).json.state.code).toBe(state);
      const steps = await rowsOf<{ action: string }>(
        app,
        "SELECT action FROM filing_step WHERE filing_id = ? AND action IN ('accept', 'refuse')",
        [filing.id],
      );
      expect(steps).toHaveLength(1);
      const cases = await rowsOf(app, "SELECT id FROM court_case WHERE filing_id = ?", [filing.id]);
      expect(cases).toHaveLength(state === "accepted" ? 1 : 0);
    }
    expect(app.unexpected).toEqual([]);
  }, 60_000);

  it("two clerks claim by name: one holds it, the other hears who", async () => {
    const { id } = take();
    const { json } = await wang.ask("GET", "/intake/items?limit=100");
    const item = `/intake/items/${json.items.find(({ filingId }: { filingId: string }) => filingId === id).id}/moves`;
    const answers = await Promise.all([wang, li].map((who) => who.ask("POST", item, { action: "claim" })));
    const won = answers.find(({ status }) => status === 200);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.json.code).toBe("intake.leased");
    expect(lost?.json.lease.holder.id).toBe(won?.json.lease.holder.id);
    expect(["王立案", "李立案"]).toContain(lost?.json.lease.holder.name);
  });

  it("the supervisor takes it away at the moment of the decision: one of the two stands", async () => {
    const chief = await staffMember(app, {
      username: "chief",
      displayName: "陈庭长",
      role: "supervisor",
      courtCode: COURT,
    });
    for (let round = 0; round < 4; round += 1) {
      const { item, itemId, fence } = await claimed(wang, take());
      const [decided, assigned] = (await Promise.all([
        wang.ask("POST", `${item}/moves`, accepting(fence), key()),
        chief.ask("POST", `${item}/moves`, { action: "assign", assigneeId: li.accountId }),
      ])) as [Answered, Answered];
      const [row] = await rowsOf<{ state: string }>(app, "SELECT state FROM intake_item WHERE id = ?", [itemId]);
      const outcome = [decided.status, decided.json.code ?? "", assigned.status, assigned.json.code ?? "", row?.state];
      expect([
        [200, "", 409, "intake.decided", "decided"],
        [409, "intake.stale_fence", 200, "", "waiting"],
      ]).toContainEqual(outcome);
    }
  }, 60_000);

  it("withdrawn while being accepted: the filing ends in one state, and the loser is told", async () => {
    for (let round = 0; round < 3; round += 1) {
      const filing = take();
      const { item, fence } = await claimed(wang, filing);
      const [accepted, withdrawn] = (await Promise.all([
        wang.ask("POST", `${item}/moves`, accepting(fence), key()),
        filing.owner.ask("POST", `${filing.path}/moves`, { action: "withdraw", note: "已和解" }, key()),
      ])) as [Answered, Answered];
      expect([accepted.status, withdrawn.status].sort(), `${accepted.text}\n${withdrawn.text}`).toEqual([200, 409]);
      await app.settle();
      const { state } = (await filing.owner.ask("GET", filing.path)).json;
      expect(state.code).toBe(accepted.status === 200 ? "accepted" : "withdrawn");
    }
    expect(app.unexpected).toEqual([]);
  }, 60_000);
});
