import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { computeDeadline } from "#modules/reference/index.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { accepting, COURT, claimed, clerk, key, seedCourtsAndRules, submitted } from "#test/filings.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { RULES } from "./rules.ts";

interface Duty {
  readonly rule: { readonly code: string; readonly label: string };
  readonly dueOn: string;
  readonly previousOn: string | null;
  readonly basis: string;
  readonly explanation: string;
  readonly calendarVersion: string;
  readonly rulesVersion: string;
  readonly inputs: readonly { readonly label: string; readonly value: string }[];
}

describe("last days that change, and what every one of them says of itself", () => {
  let app: TestApp;
  let staff: StaffPerson;
  let judge: StaffPerson;
  let plaintiff: Person;
  let defendant: Person;
  let caseId: string;
  beforeAll(async () => {
    app = await startApp("changed");
    await seedCourtsAndRules(app);
    staff = await clerk(app);
    judge = await staffMember(app, { username: "judge-changed", role: "judge", courtCode: COURT });
    const filing = await submitted(app, "变更原", { defendant: "变更被" });
    const { item, fence } = await claimed(staff, filing);
    expect((await staff.ask("POST", `${item}/moves`, accepting(fence), key())).status).toBe(200);
    await app.settle();
    const opened = (await filing.owner.ask("GET", filing.path)).json;
    caseId = opened.caseId;
    plaintiff = filing.owner;
    const { code } = (await staff.ask("POST", `/cases/${caseId}/access-codes`, { partyKey: "d1" })).json;
    defendant = await person(app, "变更被", { verified: true });
    await defendant.ask("POST", "/cases/join", { number: opened.caseNumber, accessCode: code });
    await app.settle();
  });
  afterAll(() => app.stop());

  const today = (): string => courtDayOf(app.clock.now());
  async function serve(documentKind: string, partyKey: string): Promise<string> {
    const order = { documentKind, title: "文书", text: "请按时办理。", recipients: [partyKey], channel: "post" };
    const laid = await staff.ask("POST", `/cases/${caseId}/services`, order, key());
    expect(laid.status, laid.text).toBe(201);
    return laid.json.items[0].id;
  }
  async function move(who: Person, id: string, body: object): Promise<void> {
    const moved = await who.ask("POST", `/services/${id}/moves`, body, key());
    expect(moved.status, moved.text).toBe(200);
  }
  const signed = (id: string, signedOn: string) =>
    move(staff, id, { action: "record", channel: "post", facts: { signedOn, signedBy: "本人" } });
  const duties = async (who: Person, state = "open"): Promise<Duty[]> =>
    (await who.ask("GET", `/obligations?caseId=${caseId}&state=${state}&limit=100`)).json.items;
  const kinds = async (who: Person): Promise<string[]> =>
    (await who.ask("GET", `/changes?caseId=${caseId}&limit=100`)).json.items.map(
      ({ kind }: { kind: { code: string } }) => kind.code,
    );
  const titles = async (who: Person): Promise<string[]> =>
    (await who.ask("GET", "/messages?limit=100")).json.items.map(({ title }: { title: string }) => title);

  it("is the new day after one round of listeners, and both sides have a line and a message of it", async () => {
    app.pass(6);
    staff = await clerk(app, "clerk-later");
    judge = await staffMember(app, { username: "judge-later", role: "judge", courtCode: COURT });
    [plaintiff, defendant] = [await person(app, "变更原"), await person(app, "变更被")];
    const [first, second] = [addDays(today(), -5), addDays(today(), -2)];
    // Sent on the first day, so that it can have arrived on any since.
    const id = await serve("judgment", "d1");
    await app.database.read("UPDATE service SET created_at = created_at - INTERVAL 6 DAY WHERE id = ?", [id]);
    await app.database.read("UPDATE service_attempt SET sent_at = sent_at - INTERVAL 6 DAY WHERE service_id = ?", [id]);
    await signed(id, first);
    await app.settle();
    await move(defendant, id, { action: "contest", claimedOn: second, note: "当日不在家" });
    await app.settle();
    const appeal = async () => (await duties(defendant)).find(({ rule }) => rule.code === "appeal");
    const before = computeDeadline({ rule: "上诉期-判决", eventDate: first }).lastDay;
    expect(await appeal()).toMatchObject({ dueOn: before, previousOn: null });

    await move(judge, id, { action: "decide_contest", accept: true, effectiveOn: second, reason: "快递记录属实" });
    expect(await appeal()).toMatchObject({ dueOn: before });
    // One round: what the commit left behind is told, nothing that the telling makes.
    await app.deliver();
    const after = computeDeadline({ rule: "上诉期-判决", eventDate: second }).lastDay;
    expect(after).not.toBe(before);
    expect(await appeal()).toMatchObject({ dueOn: after, previousOn: before });
    for (const who of [plaintiff, defendant]) {
      expect(await kinds(who)).toContain("service.effect_changed");
      expect(await titles(who)).toContain("送达日期有变更，期限已重新计算");
    }
    // The second round tells of the duty itself, before and after.
    await app.settle();
    for (const who of [plaintiff, defendant]) {
      const { items } = (await who.ask("GET", `/changes?caseId=${caseId}&limit=100`)).json;
      expect(items.map(({ title }: { title: string }) => title)).toContain(`被告的上诉期限由 ${before} 改为 ${after}`);
    }
  });

  it("explains itself: rule, inputs, calendar and article, for every rule there is", async () => {
    for (const kind of ["complaint", "evidence_notice", "ruling", "quiet_ruling", "judgment"])
      for (const party of ["p1", "d1"]) await signed(await serve(kind, party), today());
    const { version } = (await judge.ask("GET", `/cases/${caseId}/periods`)).json;
    const settled = await judge.ask(
      "PUT",
      `/cases/${caseId}/periods`,
      {
        evidenceDays: 20,
        answerDays: null,
        abroad: [],
        effectiveOn: today(),
        performBy: today(),
        entitled: ["p1"],
        preservations: [{ key: "k1", kind: "deposit", since: today(), partyKey: "p1" }],
        reason: "核对送达情况后登记",
      },
      { "if-match": `"${version}"` },
    );
    expect(settled.status, settled.text).toBe(200);
    await app.settle();
    const states = ["open", "expired", "done"];
    const all = (
      await Promise.all([plaintiff, defendant].flatMap((who) => states.map((state) => duties(who, state))))
    ).flat();
    // 出庭 comes of a sitting, not of what is served here: the room of hearings tests it.
    const rules = Object.keys(RULES).filter((rule) => rule !== "attend");
    expect([...new Set(all.map(({ rule }) => rule.code))].sort()).toEqual(rules.sort());
    for (const duty of all) {
      const said = JSON.stringify(duty);
      expect(duty.rule.label, said).toMatch(/[\u4e00-\u9fff]/);
      expect(duty.basis, said).toMatch(/§\d|第[〇零一二三四五六七八九十百]+条/);
      expect(duty.explanation, said).toMatch(/[\u4e00-\u9fff]{4}/);
      // The words and the figure are of one day.
      expect(duty.explanation.includes(duty.dueOn) || duty.explanation.includes(spoken(duty.dueOn)), said).toBe(true);
      expect(duty.inputs.find(({ label }) => label === "起算之日")?.value, said).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(duty.calendarVersion, said).toMatch(/\d{4}/);
      expect(duty.rulesVersion, said).toMatch(/^\d{4}-\d{2}$/);
    }
    console.log(`${all.length} obligations of ${Object.keys(RULES).length} rules explain themselves`);
  });

  it("fails nowhere by itself", () => expect(app.unexpected).toEqual([]));
});

const spoken = (day: string): string => {
  const [year, month, date] = day.split("-").map(Number);
  return `${year}年${month}月${date}日`;
};
