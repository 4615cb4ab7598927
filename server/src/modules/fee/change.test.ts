import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase, checkLedger, giveBack, receive } from "#test/fees.ts";
import { clerk, key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { type StaffPerson, staffMember } from "#test/people.ts";

let made = 0;
const next = (): string => {
  made += 1;
  return String(made);
};

describe("the one road for changes of a fee", () => {
  let app: TestApp;
  let desk: StaffPerson;
  let head: StaffPerson;
  beforeAll(async () => {
    app = await startApp("feechange");
    await seedCourtsAndRules(app);
    desk = await clerk(app);
    head = await supervisor(app);
  });
  afterAll(() => app.stop());

  const open = (change: Record<string, unknown> = {}) => acceptedCase(app, `原告${next()}`, { by: desk, change });
  const look = async (one: AcceptedCase) => (await desk.ask("GET", one.notice)).json;
  const move = (one: AcceptedCase, body: object, who = desk) => who.ask("POST", `${one.notice}/moves`, body, key());
  const change = (one: AcceptedCase, reason: string, facts: object, who = desk) =>
    move(one, { action: "change", reason, facts: { category: "property", halvings: [], ...facts } }, who);
  const refundsDue = async (one: AcceptedCase): Promise<number[]> =>
    (
      await app.database.read<{ payload: string }>(
        "SELECT payload FROM outbox WHERE name = 'fee.refund_due' AND about = ? ORDER BY id",
        [`fee_notice:${one.noticeId}`],
      )
    ).map(({ payload }) => JSON.parse(payload).amountFen);

  it("§21(1): a claim that was increased is paid up within a fresh period", async () => {
    const one = await open({ amountFen: 10_000_000 });
    await receive(app, one.noticeId, next(), 230_000);
    expect((await look(one)).state.code).toBe("paid");
    app.pass(20);
    desk = await clerk(app);
    head = await supervisor(app);
    const answer = await change(one, "claim_increased", { amountFen: 20_000_000 });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toMatchObject({
      state: { code: "open" },
      assessedFen: 430_000,
      paidFen: 230_000,
      outstandingFen: 200_000,
      changes: [{ reason: { code: "claim_increased", label: "增加诉讼请求" }, beforeFen: 230_000, afterFen: 430_000 }],
    });
    expect(answer.json.daysLeft).toBeGreaterThanOrEqual(7);
    await checkLedger(app, one.noticeId);
    const titles = (await desk.ask("GET", `${one.notice}/documents`)).json.items.map(
      (item: { title: string }) => item.title,
    );
    expect(titles).toEqual(["交费通知书", "补交诉讼费用通知书"]);
  });

  it("§21(2): a claim reduced before the inquiry in court has ended gives back what is too much; after it, nothing (§35)", async () => {
    const one = await open({ amountFen: 20_000_000 });
    await receive(app, one.noticeId, next(), 430_000);
    const reduced = await change(one, "claim_reduced", { amountFen: 10_000_000 });
    expect(reduced.json).toMatchObject({ state: { code: "paid" }, assessedFen: 230_000, outstandingFen: 0 });
    expect(await refundsDue(one)).toEqual([200_000]);
    await checkLedger(app, one.noticeId);
    // A further reduction promises what is new only.
    await change(one, "claim_reduced", { amountFen: 1_000_000 });
    expect(await refundsDue(one)).toEqual([200_000, 225_000]);
    await giveBack(app, one.noticeId, next(), 200_000);
    await giveBack(app, one.noticeId, next(), 225_000);
    expect(await look(one)).toMatchObject({ state: { code: "paid" }, refundedFen: 425_000, outstandingFen: 0 });
    await checkLedger(app, one.noticeId);

    const late = await open({ amountFen: 20_000_000 });
    await receive(app, late.noticeId, next(), 430_000);
    const borne = await change(late, "claim_reduced", { amountFen: 10_000_000, afterInquiry: true });
    expect(borne.json).toMatchObject({ state: { code: "paid" }, assessedFen: 430_000 });
    expect(await refundsDue(late)).toEqual([]);
    // Halving later still starts from the fee that was borne.
    await change(late, "mediated", { amountFen: 20_000_000, halvings: ["mediated"], afterInquiry: true });
    expect((await look(late)).assessedFen).toBe(215_000);
  });

  it("halves once: a case in summary procedure that is withdrawn, then mediated, costs half (民诉法解释§206)", async () => {
    const one = await open({ amountFen: 10_000_000 });
    const facts = { amountFen: 10_000_000 };
    expect((await change(one, "halved", { ...facts, halvings: ["summary"] })).json.assessedFen).toBe(115_000);
    expect((await change(one, "withdrawn", { ...facts, halvings: ["summary", "withdrawn"] })).json.assessedFen).toBe(
      115_000,
    );
    const both = await change(one, "mediated", { ...facts, halvings: ["summary", "withdrawn", "mediated"] });
    expect(both.json).toMatchObject({ assessedFen: 115_000, state: { code: "open" } });
    expect(both.json.basis).toContain("民诉法解释§206");
    await checkLedger(app, one.noticeId);
  });

  it("§199: summary turned ordinary is paid up in seven days, or deemed withdrawn with half of what was taken given back", async () => {
    const one = await open({ amountFen: 10_000_000 });
    const facts = { amountFen: 10_000_000 };
    await change(one, "halved", { ...facts, halvings: ["summary"] });
    await receive(app, one.noticeId, next(), 115_000);
    expect((await look(one)).state.code).toBe("paid");
    const back = await change(one, "to_ordinary", facts);
    expect(back.json).toMatchObject({ state: { code: "open" }, assessedFen: 230_000, outstandingFen: 115_000 });
    const early = await move(one, { action: "deem_withdrawn" });
    expect(early.status).toBe(409);

    app.pass(12);
    await app.settle();
    desk = await clerk(app);
    head = await supervisor(app);
    expect((await look(one)).state.code).toBe("overdue");
    const asked = { action: "deem_withdrawn", note: "逾期未补交" };
    const preview = await head.ask("POST", `${one.notice}/preview`, asked);
    expect(preview.status, preview.text).toBe(200);
    expect((await look(one)).state.code, "a preview decides nothing").toBe("overdue");
    const ended = await move(one, asked);
    expect(ended.status, ended.text).toBe(200);
    const papers = (await desk.ask("GET", `${one.notice}/documents`)).json.items;
    expect({ title: papers.at(-1).title, text: papers.at(-1).text }).toEqual(preview.json);
    for (const said of [
      "仅交纳1,150.00元，没有交清",
      "解释》第一百九十九条",
      "本案按撤诉处理。",
      "案件受理费575.00元，由",
      "其余575.00元退还",
    ])
      expect(preview.json.text).toContain(said);
    expect(ended.json).toMatchObject({
      state: { code: "closed" },
      assessedFen: 57_500,
      outstandingFen: 0,
      payCode: null,
    });
    expect(await refundsDue(one)).toEqual([57_500]);
    await checkLedger(app, one.noticeId);
    await app.settle();
    const courtCase = (await desk.ask("GET", `/cases/${one.caseId}`)).json;
    expect(courtCase.state).toEqual({ code: "deemed_withdrawn", label: "按撤诉处理" });
    const lines = (await desk.ask("GET", `/cases/${one.caseId}/timeline`)).json.items.map(
      (line: { kind: string }) => line.kind,
    );
    expect(lines.filter((kind: string) => kind.startsWith("fee_"))).toEqual([
      "fee_issued",
      "fee_changed",
      "fee_paid",
      "fee_changed",
      "fee_deemed_withdrawn",
    ]);
    // Money that comes after the end is not the court's: all of it is surplus.
    expect(await receive(app, one.noticeId, next(), 100)).toEqual({ appliedFen: 0, surplusFen: 100 });
  });

  it("§15: an unpaid case that is deemed withdrawn owes nothing; a withdrawn one that was paid gets half back", async () => {
    const unpaid = await open();
    app.pass(12);
    await app.settle();
    desk = await clerk(app);
    head = await supervisor(app);
    const ended = await move(unpaid, { action: "deem_withdrawn" });
    expect(ended.json).toMatchObject({ state: { code: "closed" }, assessedFen: 0, outstandingFen: 0 });
    await checkLedger(app, unpaid.noticeId);

    const paid = await open();
    await receive(app, paid.noticeId, next(), 105_000);
    const withdrawn = await change(paid, "withdrawn", { amountFen: 5_000_000, halvings: ["withdrawn"] });
    expect(withdrawn.json).toMatchObject({ state: { code: "paid" }, assessedFen: 52_500 });
    expect(await refundsDue(paid)).toEqual([52_500]);
    await checkLedger(app, paid.noticeId);
  });

  it("§18, §17: counterclaim and appeal have notices of their own", async () => {
    const one = await open();
    const ask = (body: object, who = desk) => who.ask("POST", `/cases/${one.caseId}/fee-notices`, body, key());
    const counterclaim = await ask({
      source: "counterclaim",
      key: "d1",
      facts: { category: "property", amountFen: 20_000_000, halvings: [] },
      payer: { name: "李强", kind: "natural" },
    });
    expect(counterclaim.status, counterclaim.text).toBe(201);
    expect(counterclaim.json).toMatchObject({
      source: { code: "counterclaim", label: "反诉受理费" },
      assessedFen: 430_000,
      servedOn: null,
      dueOn: null,
      payer: { name: "李强", kind: "natural" },
    });
    const its = { ...one, noticeId: counterclaim.json.id, notice: `/fee-notices/${counterclaim.json.id}` };
    const joined = await change(its, "counterclaim_joined", { amountFen: 20_000_000, halvings: ["joined"] });
    expect(joined.json.assessedFen).toBe(215_000);
    // The claim's own fee is not halved by that.
    expect((await look(one)).assessedFen).toBe(105_000);
    expect((await change(one, "counterclaim_joined", { amountFen: 5_000_000, halvings: ["joined"] })).status).toBe(422);
    const again = await ask({
      source: "counterclaim",
      key: "d1",
      facts: { category: "property", amountFen: 100, halvings: [] },
      payer: { name: "李强", kind: "natural" },
    });
    expect(again.json.code).toBe("fee.known_source");

    const appeal = await ask({
      source: "appeal",
      key: "p1",
      facts: { category: "appeal", amountFen: 5_000_000, halvings: [] },
      payerAccountId: one.owner.accountId,
    });
    expect(appeal.json).toMatchObject({ assessedFen: 105_000, payer: { kind: "natural" } });
    expect(appeal.json.dueOn).not.toBeNull();
    const part = await desk.ask(
      "POST",
      `/fee-notices/${appeal.json.id}/moves`,
      {
        action: "change",
        reason: "appeal_part",
        facts: { category: "appeal", amountFen: 1_000_000, halvings: [] },
      },
      key(),
    );
    expect(part.json.assessedFen).toBe(5_000);
    expect((await one.owner.ask("GET", "/fee-notices")).json.items).toHaveLength(2);

    const far = await staffMember(app, { username: "far1", role: "clerk", courtCode: "鲁0103" });
    expect(
      (
        await ask(
          {
            source: "other",
            facts: { category: "public_notice", amountFen: null, halvings: [] },
            payer: { name: "李强", kind: "natural" },
          },
          far,
        )
      ).status,
    ).toBe(404);
  });

  it("§53: what is given back of a fee that was paid is not asked for again; of one that is not, it is still owed", async () => {
    const paid = await open({ amountFen: 10_000_000 });
    await receive(app, paid.noticeId, next(), 230_000);
    await giveBack(app, paid.noticeId, next(), 100_000);
    expect(await look(paid)).toMatchObject({
      state: { code: "paid" },
      assessedFen: 130_000,
      refundedFen: 100_000,
      outstandingFen: 0,
      changes: [{ reason: { code: "returned" }, beforeFen: 230_000, afterFen: 130_000 }],
    });
    await checkLedger(app, paid.noticeId);
    // One of several payers takes their part back: the others owe the whole.
    const shared = await open({ amountFen: 10_000_000 });
    await receive(app, shared.noticeId, next(), 50_000);
    await giveBack(app, shared.noticeId, next(), 50_000);
    expect(await look(shared)).toMatchObject({
      state: { code: "open" },
      assessedFen: 230_000,
      outstandingFen: 230_000,
      changes: [],
    });
    await checkLedger(app, shared.noticeId);
  });

  it("refuses changes that are not what their reason says, and cancels only what nobody paid", async () => {
    const one = await open();
    const wrong: [string, object][] = [
      ["claim_increased", { amountFen: 4_000_000 }],
      ["claim_reduced", { amountFen: 6_000_000 }],
      ["to_ordinary", { amountFen: 5_000_000 }],
      ["withdrawn", { amountFen: 5_000_000 }],
      ["mediated", { amountFen: 4_000_000, halvings: ["mediated"] }],
      ["appeal_part", { amountFen: 1 }],
    ];
    for (const [reason, facts] of wrong) {
      const answer = await change(one, reason, facts);
      expect([answer.status, answer.json.code], reason).toEqual([422, "fee.change_mismatch"]);
    }
    expect((await look(one)).changes).toEqual([]);
    expect((await move(one, { action: "close", note: "重复发出" })).status).toBe(403);
    await receive(app, one.noticeId, next(), 5_000);
    expect((await move(one, { action: "close", note: "重复发出" }, head)).json.code).toBe("fee.money_received");
    await giveBack(app, one.noticeId, next(), 5_000);
    const closed = await move(one, { action: "close", note: "重复发出" }, head);
    expect(closed.json).toMatchObject({ state: { code: "closed" }, dueFen: 0, moves: [] });
    await checkLedger(app, one.noticeId);
    expect(app.unexpected).toEqual([]);
  });
});
