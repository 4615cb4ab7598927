import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import {
  accepting,
  claimed,
  clerk,
  type Filed,
  key,
  PRIVATE_LOAN,
  seedCourtsAndRules,
  submitted,
} from "#test/filings.ts";
import { person, type StaffPerson, staffMember } from "#test/people.ts";

/** A cause of the second level is numbered in Chinese. */
const HIGHER_CAUSE = "CIV2025:三十七";

describe("cases", () => {
  let app: TestApp;
  let wang: StaffPerson;
  beforeAll(async () => {
    app = await startApp("case");
    await seedCourtsAndRules(app);
    wang = await clerk(app);
  });
  afterAll(() => app.stop());

  async function accepted(name: string, defendant = "李强"): Promise<Filed & { caseId: string; number: string }> {
    const filing = await submitted(app, name, { defendant });
    const { item, fence } = await claimed(wang, filing);
    const answer = await wang.ask("POST", `${item}/moves`, accepting(fence), key());
    expect(answer.status, answer.text).toBe(200);
    await app.settle();
    const { caseId, caseNumber } = (await filing.owner.ask("GET", filing.path)).json;
    return { ...filing, caseId, number: caseNumber };
  }
  const find = (who: { ask: StaffPerson["ask"] }, query: Record<string, string>) =>
    who.ask("GET", `/cases?${new URLSearchParams(query)}`);
  const numbers = async (who: { ask: StaffPerson["ask"] }, query: Record<string, string>) =>
    (await find(who, query)).json.items.map(({ number }: { number: string }) => number);

  it("are found by their number, however its brackets and digits are written", async () => {
    const { number } = await accepted("王芳");
    const year = number.slice(1, 5);
    const rest = number.slice(6);
    const wide = [...year].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("");
    for (const written of [
      number,
      `(${year})${rest}`,
      `〔${year}〕${rest}`,
      `[${year}]${rest}`,
      `【${year}】${rest}`,
      ` （ ${wide} ） ${rest} `,
      `（${year})${rest}`,
    ]) {
      expect(await numbers(wang, { number: written }), written).toEqual([number]);
    }
    expect(await numbers(wang, { number: `（${year}）鲁0102民初99999号` })).toEqual([]);
    const unreadable = await find(wang, { number: "民初一号" });
    expect([unreadable.status, unreadable.json.code]).toEqual([422, "case.number_unreadable"]);
  });

  it("are found by a party's name on either side, and by nothing like it", async () => {
    const { number } = await accepted("欧阳娜", "司马强");
    expect(await numbers(wang, { party: "欧阳娜" })).toEqual([number]);
    expect(await numbers(wang, { party: "司马强" })).toEqual([number]);
    expect(await numbers(wang, { party: "司马" })).toEqual([]);
    expect(await numbers(wang, { party: "%" })).toEqual([]);
  });

  it("may stand under a cause of a higher level, where none below fits", async () => {
    const filing = await submitted(app, "秦岭");
    const { item, fence } = await claimed(wang, filing);
    const answer = await wang.ask("POST", `${item}/moves`, { ...accepting(fence), causeCode: HIGHER_CAUSE }, key());
    expect(answer.status, answer.text).toBe(200);
    await app.settle();
    const { caseId } = (await filing.owner.ask("GET", filing.path)).json;
    expect((await wang.ask("GET", `/cases/${caseId}`)).json.cause.code).toBe(HIGHER_CAUSE);
  });

  it("are numbered one after another, without a gap", async () => {
    const [first, second] = [await accepted("连一"), await accepted("连二")];
    const serial = (number: string) => Number(/(\d+)号$/.exec(number)?.[1]);
    expect(serial(second.number)).toBe(serial(first.number) + 1);
  });

  it("say what they are, and how they came about", async () => {
    const filed = await accepted("时间");
    const { json } = await filed.owner.ask("GET", `/cases/${filed.caseId}`);
    expect(json).toMatchObject({
      number: filed.number,
      title: "时间 诉 李强 民间借贷纠纷",
      state: { code: "accepted", label: "已立案" },
      moves: [],
      filingId: filed.id,
      amountFen: 5_000_000,
      court: { code: "鲁0102", name: expect.stringContaining("历下区人民法院") },
      cause: { code: PRIVATE_LOAN, name: "民间借贷纠纷" },
      parties: [
        { side: "plaintiff", sideLabel: "原告", name: "时间" },
        { side: "defendant", sideLabel: "被告", name: "李强" },
      ],
    });
    const { receiptNumber, submittedAt } = (await filed.owner.ask("GET", filed.path)).json;
    const { items } = (await filed.owner.ask("GET", `/cases/${filed.caseId}/timeline`)).json;
    expect(items).toMatchObject([
      { kind: "received", at: submittedAt, detail: `收件编号 ${receiptNumber}` },
      { kind: "accepted", detail: `案号${filed.number}` },
      { kind: "fee_issued", title: "发出交费通知" },
    ]);
  });

  it("are read in one statement by whoever takes part by a right of their own", async () => {
    const { owner, caseId } = await accepted("柳青");
    await owner.ask("GET", "/me");
    const read = vi.spyOn(app.database, "read");
    const { status } = await owner.ask("GET", `/cases/${caseId}`);
    const ofCases = read.mock.calls.filter(([sql]) =>
      /court_case|case_party|case_participant|case_delegation/.test(sql),
    );
    read.mockRestore();
    expect([status, ofCases.length]).toEqual([200, 1]);
  });

  it("do not exist for strangers, for another court, for administrators", async () => {
    const { caseId, number } = await accepted("私密");
    const others = [await person(app, "路人", { verified: true }), await clerk(app, "clerk9", "鲁0103")];
    for (const other of others) {
      expect((await other.ask("GET", `/cases/${caseId}`)).status).toBe(404);
      expect((await other.ask("GET", `/cases/${caseId}/timeline`)).status).toBe(404);
      expect(await numbers(other, { number })).toEqual([]);
      expect(await numbers(other, { party: "私密" })).toEqual([]);
    }
    const admin = await staffMember(app, { username: "admin1", role: "admin", courtCode: "鲁0102" });
    expect((await admin.ask("GET", `/cases/${caseId}`)).status).toBe(403);
  });

  describe("in the court's inner system", () => {
    const entered = (number: string) =>
      [...app.sandbox.court.cases.values()].filter(({ content }) => content["caseNumber"] === number);
    const registered = async (caseId: string) => {
      const [row] = await app.database.read<{ innerId: string | null; registeredAt: Date | null }>(
        "SELECT inner_id AS innerId, registered_at AS registeredAt FROM court_case WHERE id = ?",
        [caseId],
      );
      return row;
    };

    it("are entered once, also where the event is told twice", async () => {
      const { id, caseId, number } = await accepted("入册");
      const [entry] = entered(number);
      expect(entry?.content).toMatchObject({
        causeCode: PRIVATE_LOAN,
        parties: [
          { side: "plaintiff", name: "入册" },
          { side: "defendant", name: "李强" },
        ],
      });
      expect(app.sandbox.court.cases.has(`filing-${id}`)).toBe(true);
      const before = await registered(caseId);
      expect(before?.innerId).toBe(entry?.innerId);
      const count = app.sandbox.court.cases.size;
      await app.transact({ accountId: "1", role: "system" } as never, (work) =>
        work.change("UPDATE outbox SET done_at = NULL, due_at = at WHERE name = 'case.opened' AND about = ?", [
          `case:${caseId}`,
        ]),
      );
      await app.settle();
      expect(app.sandbox.court.cases.size).toBe(count);
      expect(await registered(caseId)).toEqual(before);
    });

    it("are entered once where the answer was lost, when it is told again", async () => {
      app.sandbox.faults.set("court", { lose: "after", times: 10 });
      const { caseId, number } = await accepted("失联");
      expect(entered(number)).toHaveLength(1);
      expect((await registered(caseId))?.registeredAt).toBeNull();
      app.sandbox.faults.clear();
      app.clock.shiftMs += 20 * 60_000;
      await app.settle();
      expect(entered(number)).toHaveLength(1);
      expect((await registered(caseId))?.innerId).toBe(entered(number)[0]?.innerId);
    });
  });
});
