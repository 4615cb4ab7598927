import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays, addPeriod, daysBetween } from "#core/period.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import {
  claimed,
  clerk,
  type Filed,
  key,
  picture,
  seedCourtsAndRules,
  submitted,
  supervisor,
  upload,
} from "#test/filings.ts";
import { person, type StaffPerson } from "#test/people.ts";

type Finding = { code: string; title: string; basis: string; pointer: string; note: string; fix: string };
const DEFECTS = [
  { code: "facts_unclear", note: "请写明借款是转账还是现金" },
  { code: "defendant_indistinct", pointer: "/parties/d1", note: "被告电话是空号" },
  { code: "evidence_unreadable", pointer: "/materials", note: "借条右半边被遮住" },
];

describe("correction", () => {
  let app: TestApp;
  let wang: StaffPerson;
  beforeAll(async () => {
    app = await startApp("correction");
    await seedCourtsAndRules(app);
  });
  beforeEach(async () => {
    // A one-time code is taken once: each test signs in two minutes later.
    app.clock.shiftMs += 120_000;
    wang = await clerk(app);
  });
  afterAll(() => app.stop());

  const mayDo = ({ moves }: { moves: { action: string }[] }) => moves.map(({ action }) => action);
  const look = async ({ owner, path }: Filed) => (await owner.ask("GET", path)).json;
  const today = () => new Date(app.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const sevenDaysFrom = (day: string) => addPeriod(courtCalendar, day, { unit: "day", amount: 7, roll: true }).lastDay;
  async function sendBack(who: StaffPerson, filing: Filed, more: object = {}) {
    const { item, fence } = await claimed(who, filing);
    const answer = await who.ask(
      "POST",
      `${item}/moves`,
      { action: "return", fence, defects: DEFECTS, ...more },
      key(),
    );
    await app.settle();
    return { item, answer, fence };
  }
  async function handInAgain(filing: Filed) {
    const answer = await filing.owner.ask("POST", `${filing.path}/moves`, { action: "submit" }, key());
    await app.settle();
    return answer;
  }
  const later = async (filing: Filed, name: string, days: number): Promise<Filed> => {
    app.pass(days);
    await app.settle();
    wang = await clerk(app);
    return { ...filing, owner: await person(app, name) };
  };

  it("tells every defect at once, each with its article, place and remedy", async () => {
    const filing = await submitted(app, "王芳");
    const { answer } = await sendBack(wang, filing, { dueDays: 10 });
    expect(answer.json.state).toEqual({ code: "awaiting_correction", label: "等待补正" });
    const seen = await look(filing);
    const dueOn = addPeriod(courtCalendar, today(), { unit: "day", amount: 10, roll: true }).lastDay;
    expect(seen).toMatchObject({
      state: { code: "correction_required" },
      editable: true,
      clock: { state: { code: "paused" }, dueOn: null },
    });
    expect(seen.next).toContain(dueOn);
    expect(seen.editablePointers).toEqual(["/facts", "/parties/d1", "/materials"]);
    const [{ defects, round, answeredAt }] = seen.corrections as [
      { defects: Finding[]; round: number; answeredAt: null },
    ];
    expect([round, answeredAt, defects.length]).toEqual([1, null, 3]);
    const [{ title, text }] = seen.documents;
    expect(title).toBe("补正通知书");
    for (const [at, defect] of defects.entries()) {
      expect(defect).toMatchObject(DEFECTS[at] as object);
      expect(text).toContain(
        `${at + 1}. ${defect.title}：${defect.note}\n   依据：${defect.basis}\n   如何补正：${defect.fix}`,
      );
      expect(defect.basis).toMatch(/第.+条/);
    }
    expect(text).toContain("不需要再交纸质材料");
  });

  it.each([
    [{ defects: [{ code: "no_such_defect" }] }, "/defects/0/code"],
    [{ defects: [] }, "/defects"],
    [{ defects: DEFECTS, dueDays: 31 }, "/dueDays"],
    [{ defects: DEFECTS, dueDays: 0 }, "/dueDays"],
  ])("refuses %j", async (body, pointer) => {
    const filing = await submitted(app, `驳${pointer}${JSON.stringify(body).length}`.replaceAll("/", ""));
    const { answer } = await sendBack(wang, filing, body);
    expect([answer.status, answer.json.errors[0].pointer]).toEqual([422, pointer]);
    expect((await look(filing)).state.code).toBe("under_review");
  });

  it("is mended in place; the clock starts anew, and the clerk sees exactly what changed", async () => {
    let filing = await submitted(app, "李娜");
    const before = await look(filing);
    const { item } = await sendBack(wang, filing, { dueDays: 10 });
    filing = await later(filing, "李娜", 3);
    const { version, materials } = await look(filing);
    const old = materials.find(({ kind }: { kind: string }) => kind === "evidence");
    const edited = await filing.owner.ask("POST", `${filing.path}/edits`, {
      edits: [
        { path: "/facts", value: `${before.content.facts}借款由原告的银行账户转入被告账户。`, baseVersion: version },
        { path: "/parties/d1/phone", value: "13900139777", baseVersion: version },
        { path: "/claims/c2/amountFen", value: 123_456, baseVersion: version },
        { path: "/service/judgments", value: false, baseVersion: version },
        { path: "/parties/t1", value: { side: "third_party", kind: "natural", name: "赵敏" }, baseVersion: version },
      ],
    });
    expect(edited.status, edited.text).toBe(200);
    expect((await filing.owner.ask("DELETE", `/materials/${old.id}`)).status).toBeLessThan(300);
    await upload(app, filing.owner, filing.id, "evidence", await picture("清楚的借条"), "清楚的借条.jpg");
    await app.settle();
    const again = await handInAgain(filing);
    expect(again.status, again.text).toBe(200);
    expect(again.json).toMatchObject({
      round: 2,
      state: { code: "submitted" },
      receiptNumber: before.receiptNumber,
      submittedAt: before.submittedAt,
      editablePointers: null,
    });
    expect(again.json.clock.segments.map(({ event }: { event: string }) => event)).toEqual([
      "start",
      "pause",
      "restart",
    ]);
    expect(again.json.clock).toMatchObject({
      state: { code: "running" },
      startedOn: before.clock.startedOn,
      dueOn: sevenDaysFrom(today()),
    });
    expect((await look(filing)).corrections[0].answeredAt).not.toBeNull();

    const { json } = await wang.ask("GET", `${item}/difference`);
    expect(json.round).toBe(2);
    const changes = Object.fromEntries(
      json.changes.map((change: { pointer: string; label: string; before: string; after: string }) => [
        change.pointer,
        change,
      ]),
    );
    expect(
      Object.keys(changes)
        .filter((pointer) => !pointer.startsWith("/parties/t1/"))
        .sort(),
    ).toEqual(["/claims/c2/amountFen", "/facts", "/parties/#", "/parties/d1/phone", "/service/judgments"]);
    expect(changes["/parties/d1/phone"]).toMatchObject({
      label: "被告李强 · 电话",
      before: "139****9000",
      after: "139****9777",
    });
    expect(changes["/parties/t1/name"]).toMatchObject({
      label: "第三人赵敏 · 姓名或名称",
      before: "（空）",
      after: "赵敏",
    });
    expect(changes["/claims/c2/amountFen"]).toMatchObject({ label: "第 2 项请求 · 金额", after: "1,234.56元" });
    expect(changes["/service/judgments"]).toMatchObject({ before: "是", after: "否" });
    expect(changes["/facts"].after).toContain("转入被告账户");
    expect(json.materials).toEqual({
      added: [{ id: expect.any(String), name: "清楚的借条.jpg" }],
      removed: [{ id: old.id, name: old.name }],
    });
    const row = (await wang.ask("GET", item)).json;
    expect(row).toMatchObject({ state: { code: "waiting" }, round: 2, dueOn: sevenDaysFrom(today()) });
  });

  it("comes a second time only from the supervisor, who says why", async () => {
    const filing = await submitted(app, "韩梅");
    await sendBack(wang, filing);
    expect((await handInAgain(filing)).status).toBe(200);
    const { item, answer, fence } = await sendBack(wang, filing);
    expect([answer.status, answer.json.code]).toEqual([403, "intake.second_return"]);
    expect(mayDo((await wang.ask("GET", item)).json)).not.toContain("return");
    await wang.ask("POST", `${item}/moves`, { action: "release", fence });

    const chief = await supervisor(app);
    const silent = await sendBack(chief, filing);
    expect([silent.answer.status, silent.answer.json.code]).toEqual([422, "intake.override_reason"]);
    const overrideReason = "新提交的借条与原陈述的金额不一致";
    const said = await sendBack(chief, filing, { overrideReason });
    expect(said.answer.status, said.answer.text).toBe(200);
    const { corrections, documents } = await look(filing);
    expect(
      corrections.map((one: { round: number; overrideReason: string | null }) => [one.round, one.overrideReason]),
    ).toEqual([
      [1, null],
      [2, overrideReason],
    ]);
    expect(documents.at(-1).text).toContain(`本次为再次告知，理由：${overrideReason}。`);
  });

  it("names in a second round what could have been told in the first", async () => {
    const filing = await submitted(app, "梁红");
    await sendBack(wang, filing, { defects: [{ code: "facts_unclear", note: "请写明交付方式" }] });
    const { version, content } = await look(filing);
    const edits = [{ path: "/claims/c1/text", value: `${content.claims[0].text}。`, baseVersion: version }];
    expect((await filing.owner.ask("POST", `${filing.path}/edits`, { edits })).status).toBe(200);
    await upload(app, filing.owner, filing.id, "evidence", await picture("新的借条"), "新的借条.jpg");
    await app.settle();
    await handInAgain(filing);
    const defects = [
      { code: "facts_unclear", note: "仍未写明交付方式" },
      { code: "claim_unclear", pointer: "/claims/c1", note: "改动后金额不清" },
      { code: "claim_unclear", pointer: "/claims/c2", note: "利息起算日不清" },
      { code: "evidence_unreadable", note: "新借条看不清" },
      { code: "identity_paper_unclear", note: "身份证反光" },
      { code: "service_address", note: "没有门牌号" },
    ];
    const visible = ["claim_unclear", "identity_paper_unclear", "service_address"];
    const { item, answer, fence } = await sendBack(wang, filing, { defects });
    expect([answer.status, answer.json.code]).toEqual([403, "intake.second_return"]);
    expect(answer.json.visibleBefore.map(({ code }: { code: string }) => code)).toEqual(visible);
    expect(answer.json.visibleBefore[0]).toMatchObject({ pointer: "/claims/c2", label: "第 2 项请求" });
    expect(answer.json.detail).toContain("“送达地址确认书填写不全”（送达地址）自上一轮提交以来没有变化");
    await wang.ask("POST", `${item}/moves`, { action: "release", fence });

    const chief = await supervisor(app);
    const silent = await sendBack(chief, filing, { defects });
    expect(silent.answer.json).toMatchObject({ code: "intake.override_reason", visibleBefore: [{}, {}, {}] });
    const overrideReason = "新证据与原请求不一致，需要一并核对";
    const preview = await chief.ask("POST", `${item}/preview`, { action: "return", defects, overrideReason });
    const said = await sendBack(chief, filing, { defects, overrideReason });
    expect(said.answer.status, said.answer.text).toBe(200);
    const seen = await look(filing);
    expect(seen.corrections[1].defects.map((one: { visibleBefore: boolean }) => one.visibleBefore)).toEqual([
      false,
      false,
      true,
      false,
      true,
      true,
    ]);
    expect(seen.documents.at(-1).text).toContain("其中第 3、5、6 项在上一轮即可发现而未告知，经立案庭负责人批准提出");
    expect(preview.json.text).toBe(seen.documents.at(-1).text);
    const [logged] = await app.database.read<{ payload: string }>(
      "SELECT payload FROM outbox WHERE name = 'intake.overridden' AND about = ?",
      [`filing:${filing.id}`],
    );
    expect(JSON.parse(logged?.payload ?? "{}")).toMatchObject({ round: 2, visibleBefore: visible });
  });

  it("lapses after the last day, by itself, and cannot be handed in any more", async () => {
    let filing = await submitted(app, "许仙");
    const { item } = await sendBack(wang, filing, { dueDays: 5 });
    const { dueOn } = (await look(filing)).corrections[0];
    filing = await later(filing, "许仙", daysBetween(today(), dueOn));
    expect(today()).toBe(dueOn);
    expect((await look(filing)).state.code).toBe("correction_required");
    filing = await later(filing, "许仙", 1);
    expect(today()).toBe(addDays(dueOn, 1));
    const seen = await look(filing);
    expect(seen).toMatchObject({
      state: { code: "lapsed" },
      editable: false,
      moves: [],
      clock: { state: { code: "stopped" } },
    });
    expect(seen.documents.at(-1).title).toBe("退回起诉材料告知书");
    expect(seen.documents.at(-1).text).toMatch(/补正期限于\d{4}年\d{1,2}月\d{1,2}日届满/);
    const late = await handInAgain(filing);
    expect([late.status, late.json.code]).toEqual([409, "workflow.wrong_state"]);
    expect((await wang.ask("GET", item)).json).toMatchObject({
      state: { code: "decided" },
      decision: { action: "lapse", byName: "系统" },
    });
  });

  it("does not lapse where it was mended in time", async () => {
    let filing = await submitted(app, "白素");
    await sendBack(wang, filing, { dueDays: 5 });
    expect((await handInAgain(filing)).status).toBe(200);
    filing = await later(filing, "白素", 9);
    const { state, steps } = await look(filing);
    expect(state.code).toBe("submitted");
    expect(steps.map(({ action }: { action: string }) => action)).toEqual([
      "open",
      "submit",
      "take",
      "return",
      "submit",
    ]);
    expect(app.unexpected).toEqual([]);
  });
});
