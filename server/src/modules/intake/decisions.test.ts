import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  claimed,
  clerk,
  type Filed,
  key,
  seedCourtsAndRules,
  submitted,
  supervisor,
} from "#test/filings.ts";
import { person, type StaffPerson } from "#test/people.ts";

const WISH = { change: { mediation: { understood: true, wish: "yes" } } };

describe("decisions", () => {
  let app: TestApp;
  let wang: StaffPerson;
  beforeAll(async () => {
    app = await startApp("decisions");
    await seedCourtsAndRules(app);
  });
  beforeEach(async () => {
    // A one-time code is taken once: each test signs in two minutes later.
    app.clock.shiftMs += 120_000;
    wang = await clerk(app);
  });
  afterAll(() => app.stop());

  const look = async ({ owner, path }: Filed) => (await owner.ask("GET", path)).json;
  const decide = (who: StaffPerson, item: string, body: object) => who.ask("POST", `${item}/moves`, body, key());
  const actions = ({ moves }: { moves: { action: string }[] }) => moves.map(({ action }) => action);

  it("refusal takes a ground of the catalogue and gives a ruling with its article", async () => {
    const filing = await submitted(app, "王一");
    const { item, fence } = await claimed(wang, filing);
    const wrong = await decide(wang, item, { action: "refuse", fence, groundCode: "because", note: "无理由" });
    expect([wrong.status, wrong.json.code, wrong.json.errors[0].pointer]).toEqual([
      422,
      "intake.unknown_ground",
      "/groundCode",
    ]);
    const { items } = (await wang.ask("GET", "/intake/grounds")).json;
    const ground = items.find(({ code }: { code: string }) => code === "arbitration");
    const note = "借款合同第八条约定由济南仲裁委员会仲裁。";
    const refused = await decide(wang, item, { action: "refuse", fence, groundCode: ground.code, note });
    expect(refused.json.decision).toMatchObject({ action: "refuse", label: "不予受理", byName: "clerk1", note });
    const { state, documents, clock, next } = await look(filing);
    expect([state.code, clock.state.code]).toEqual(["refused", "stopped"]);
    expect(documents[0].title).toBe("民事裁定书（不予受理）");
    for (const part of [ground.title, ground.basis, note, "十日内", "不交纳案件受理费"])
      expect(documents[0].text).toContain(part);
    expect(next).toContain("10 日内上诉");
  });

  it("transfer names another court that exists", async () => {
    const filing = await submitted(app, "王二");
    const { item, fence } = await claimed(wang, filing);
    const note = "被告住所地在市中区";
    for (const [courtCode, code] of [
      ["鲁0102", "intake.court_mismatch"],
      ["鲁9999", "intake.unknown_court"],
    ] as const) {
      const wrong = await decide(wang, item, { action: "transfer", fence, courtCode, note });
      expect([wrong.status, wrong.json.code, wrong.json.errors[0].pointer]).toEqual([422, code, "/courtCode"]);
    }
    expect((await decide(wang, item, { action: "transfer", fence, courtCode: "鲁0103", note })).status).toBe(200);
    const { state, documents } = await look(filing);
    expect(state.code).toBe("transferred");
    expect(documents[0].text).toMatch(/有管辖权的法院为.*市中区人民法院。被告住所地在市中区/);
  });

  it("acceptance takes a cause and a case type that exist", async () => {
    const filing = await submitted(app, "王三");
    const { item, fence } = await claimed(wang, filing);
    const right = accepting(fence);
    const cause = await decide(wang, item, { ...right, causeCode: "CIV2025:9999" });
    expect([cause.status, cause.json.code]).toEqual([422, "intake.unknown_cause"]);
    const type = await decide(wang, item, { ...right, caseTypeCode: "9999" });
    expect([type.status, type.json.code]).toEqual([422, "intake.unknown_case_type"]);
    const { fence: _, ...without } = right;
    expect((await decide(wang, item, without)).status).toBe(428);
    expect((await wang.ask("POST", `${item}/moves`, right)).status).toBe(428);
    expect((await look(filing)).state.code).toBe("under_review");
    expect((await decide(wang, item, right)).status).toBe(200);
  });

  it("mediation needs consent on record, and is not offered without", async () => {
    const filing = await submitted(app, "王四");
    const { item, fence } = await claimed(wang, filing);
    expect(actions((await wang.ask("GET", item)).json)).not.toContain("mediate");
    const { items } = (await wang.ask("GET", "/intake/items?assignee=me&state=claimed")).json;
    expect(items.length).toBeGreaterThan(0);
    for (const one of items) expect(actions(one)).not.toContain("mediate");
    const refused = await decide(wang, item, { action: "mediate", fence });
    expect([refused.status, refused.json.code]).toEqual([422, "intake.no_consent"]);
    const consents = {
      filing: "agree",
      mediation: "refuse",
      evidence: "agree",
      inquiry: "agree",
      hearing: "agree",
      service: "agree",
      signature: "agree",
    };
    const unwilling = await submitted(app, "王五", { change: { ...WISH.change, consents } });
    const second = await claimed(wang, unwilling);
    expect((await decide(wang, second.item, { action: "mediate", fence: second.fence })).json.code).toBe(
      "intake.no_consent",
    );
  });

  it("mediation comes back by itself after thirty days, with the days that were left", async () => {
    const filing = await submitted(app, "王六", WISH);
    const before = await look(filing);
    app.pass(2);
    wang = await clerk(app);
    const { item, fence } = await claimed(wang, filing);
    expect(actions((await wang.ask("GET", item)).json)).toContain("mediate");
    expect((await decide(wang, item, { action: "mediate", fence, note: "由人民调解委员会主持" })).status).toBe(200);
    await app.settle();
    let owner = await person(app, "王六");
    expect(await look({ ...filing, owner })).toMatchObject({
      state: { code: "in_mediation" },
      clock: { state: { code: "paused" } },
      submittedAt: before.submittedAt,
    });
    app.pass(30);
    await app.settle();
    owner = await person(app, "王六");
    expect((await look({ ...filing, owner })).state.code).toBe("in_mediation");
    app.pass(1);
    await app.settle();
    owner = await person(app, "王六");
    const back = await look({ ...filing, owner });
    expect(back).toMatchObject({
      state: { code: "submitted" },
      submittedAt: before.submittedAt,
      clock: { state: { code: "running" } },
    });
    const nominalLeft = 7 - 2;
    expect(back.clock.segments.at(-1).note).toContain(`余 ${nominalLeft} 日`);
    expect(back.clock.daysLeft).toBeGreaterThanOrEqual(nominalLeft);
    wang = await clerk(app);
    expect((await wang.ask("GET", item)).json).toMatchObject({ state: { code: "waiting" }, dueOn: back.clock.dueOn });
    expect(app.unexpected).toEqual([]);
  });

  it("whoever comes second is told who was first, and with what", async () => {
    const li = await clerk(app, "clerk2");
    const filing = await submitted(app, "王七");
    const { item, fence } = await claimed(wang, filing);
    const held = await li.ask("POST", `${item}/moves`, { action: "claim" });
    expect([held.status, held.json.code, held.json.lease.holder.name]).toEqual([409, "intake.leased", "clerk1"]);
    expect(actions((await li.ask("GET", item)).json)).toEqual([]);
    expect((await decide(wang, item, accepting(fence))).status).toBe(200);
    for (const who of [li, wang]) {
      const second = await decide(who, item, { action: "refuse", fence, groundCode: "unlawful", note: "不同意见" });
      expect([second.status, second.json.code]).toEqual([409, "intake.decided"]);
      expect(second.json.decided).toMatchObject({ action: "accept", label: "立案", byName: "clerk1" });
      expect(second.json.detail).toMatch(/^clerk1已于.+办结：立案。您的操作没有生效/);
    }
    expect((await look(filing)).documents).toHaveLength(1);
  });

  it("an old fence decides nothing, a lease that ran out neither", async () => {
    const filing = await submitted(app, "王八一");
    const first = await claimed(wang, filing);
    await wang.ask("POST", `${first.item}/moves`, { action: "release", fence: first.fence });
    const second = await claimed(wang, filing);
    expect(second.fence).toBeGreaterThan(first.fence);
    expect((await decide(wang, first.item, accepting(first.fence))).json.code).toBe("intake.stale_fence");
    const extended = await wang.ask("POST", `${first.item}/moves`, { action: "extend", fence: second.fence });
    expect(extended.json.lease.fence).toBe(second.fence);
    app.clock.shiftMs += 16 * 60_000;
    wang = await clerk(app);
    expect((await decide(wang, first.item, accepting(second.fence))).json.code).toBe("intake.stale_fence");
    const chief = await supervisor(app);
    const taken = await claimed(chief, filing);
    expect((await decide(wang, first.item, accepting(second.fence))).json.code).toBe("intake.stale_fence");
    expect((await decide(chief, taken.item, accepting(taken.fence))).status).toBe(200);
  });

  it("does not exist for another court's clerk", async () => {
    const filing = await submitted(app, "王九");
    const { item, fence } = await claimed(wang, filing);
    const foreign = await clerk(app, "clerk9", "鲁0103");
    for (const answer of [
      await foreign.ask("GET", item),
      await decide(foreign, item, accepting(fence)),
      await foreign.ask("GET", `${item}/difference`),
      await foreign.ask("GET", filing.path),
    ]) {
      expect(answer.status).toBe(404);
    }
    const { items } = (await foreign.ask("GET", "/intake/items?limit=100")).json;
    expect(items.map(({ filingId }: { filingId: string }) => filingId)).not.toContain(filing.id);
  });
});
