import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { bring, faultsInBooks, noticesLike, type Ordered, order, payAndTell } from "#test/payments.ts";
import { type Person, person, type StaffPerson, staffMember } from "#test/people.ts";
import { rowsOf, withOwner } from "#test/reliability/crowd.ts";
import { sendRefunds } from "./send-refunds.ts";

const FEE = 105_000;

describe("a refund", () => {
  let app: TestApp;
  let model: AcceptedCase;
  let clerk: StaffPerson;
  let chief: StaffPerson;
  let far: StaffPerson;
  beforeAll(async () => {
    app = await startApp("refunds");
    await seedCourtsAndRules(app);
    model = await acceptedCase(app, "王芳");
    clerk = model.clerk;
    chief = await supervisor(app);
    far = await staffMember(app, { username: "far", role: "supervisor", courtCode: "鲁0103" });
  });
  afterAll(async () => {
    expect(await faultsInBooks(app)).toEqual([]);
    expect(app.unexpected).toEqual([]);
    await app.stop();
  });

  const paid = async (): Promise<Ordered & { owner: Person; notice: string; noticeId: string }> => {
    const owner = await person(app, "王芳");
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    const notice = `/fee-notices/${noticeId}`;
    const one = await order(owner, notice);
    expect(await payAndTell(app, one)).toBe(204);
    return { ...one, owner, notice, noticeId };
  };
  const ask = (who: StaffPerson, one: Ordered, amountFen: number) =>
    who.ask("POST", `${one.path}/refunds`, { amountFen, reason: "原告撤诉，减半收取" }, key());
  const move = (who: StaffPerson, id: string, body: object) => who.ask("POST", `/refunds/${id}/moves`, body, key());
  const refunded = async (id: string) => {
    for (let turn = 0; turn < 60; turn += 1) {
      const { json } = await chief.ask("GET", `/refunds/${id}`);
      if (["succeeded", "failed"].includes(json.state.code)) return json;
      await new Promise((resolve) => setTimeout(resolve, 50));
      app.clock.shiftMs += 10_000;
      await sendRefunds(app);
    }
    throw new Error("the refund did not end");
  };

  it("is asked for by one, approved by another, and seen by the payer at every step", async () => {
    const one = await paid();
    const asked = await ask(clerk, one, 50_000);
    expect(asked.status, asked.text).toBe(201);
    const { id } = asked.json;
    expect(asked.json).toMatchObject({
      state: { code: "requested" },
      requestedBy: "clerk1",
      origin: { code: "staff" },
    });
    expect(await rowsOf(app, "SELECT id FROM refund WHERE ask_at IS NOT NULL")).toEqual([]);
    await app.settle();
    expect(app.sandbox.wechatPay.refunds.size).toBe(0);
    expect((await chief.ask("GET", "/messages")).json.items[0].title).toBe("有退款待审批");

    const approved = await move(chief, id, { action: "approve" });
    expect(approved.json, approved.text).toMatchObject({
      state: { code: "approved" },
      approvedBy: "supervisor1",
      moves: [],
    });
    // Sent at once on being told, not by the next look of a worker.
    await app.settle();
    expect(app.sandbox.wechatPay.refunds.size).toBe(1);
    expect((await one.owner.ask("GET", one.path)).json.refunds[0].state.code).toBe("processing");
    const done = await refunded(id);
    expect(done.state.code).toBe("succeeded");
    expect((await one.owner.ask("GET", one.path)).json).toMatchObject({
      state: { code: "succeeded" },
      refundedFen: 50_000,
    });
    expect((await one.owner.ask("GET", one.notice)).json).toMatchObject({ refundedFen: 50_000 });
    await app.settle();
    const titles = (await one.owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(expect.arrayContaining(["退款已批准", "退款已原路退回"]));
  });

  it("never by one person: the API refuses, and the table itself", async () => {
    const one = await paid();
    const { id } = (await ask(chief, one, 1_000)).json;
    for (const action of ["approve", "reject"]) {
      const answer = await move(chief, id, { action, note: "自己批" });
      expect([answer.status, answer.json.code]).toEqual([403, "refund.same_person"]);
    }
    expect((await chief.ask("GET", `/refunds/${id}`)).json.moves).toEqual([]);
    const write = withOwner(app, (owner) =>
      owner.query("UPDATE refund SET approved_by = requested_by, state = 'approved' WHERE id = ?", [id]),
    );
    await expect(write).rejects.toMatchObject({ message: expect.stringContaining("refund_two_persons") });
    // Nobody of another court, and nobody who is no supervisor.
    expect((await move(far, id, { action: "approve" })).status).toBe(404);
    expect((await move(clerk, id, { action: "approve" })).status).toBe(403);
    expect((await ask(far, one, 1_000)).status).toBe(404);
    const second = await supervisor(app, "supervisor2");
    expect((await move(second, id, { action: "reject", note: "不符合退费条件" })).json.state.code).toBe("rejected");
    expect((await move(second, id, { action: "approve" })).json.code).toBe("workflow.wrong_state");
    // What was not approved is free again.
    expect((await ask(clerk, one, FEE)).status).toBe(201);
  });

  it("never of more than was paid, however many ask at once", async () => {
    const one = await paid();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(clerk, one, 40_000)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422, 422, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.json).toMatchObject({ code: "refund.too_much", refundableFen: 25_000 });
    const once = key();
    const body = { amountFen: 25_000, reason: "重复收取" };
    const twice = await Promise.all([1, 2].map(() => clerk.ask("POST", `${one.path}/refunds`, body, once)));
    expect(new Set(twice.filter(({ status }) => status === 201).map(({ json }) => json.id)).size).toBe(1);
    const unpaid = await order(one.owner, `/fee-notices/${(await noticesLike(app, model.noticeId, 1))[0]}`);
    expect((await ask(clerk, unpaid, 1)).json.code).toBe("refund.not_paid");
  });

  it("follows from a fee that became less: newest payment first, and whoever changed the fee does not approve", async () => {
    const owner = await person(app, "王芳");
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    const notice = `/fee-notices/${noticeId}`;
    const first = await order(owner, notice, { amountFen: 80_000 });
    await payAndTell(app, first);
    const second = await order(owner, notice);
    await payAndTell(app, second);
    const facts = { category: "property", amountFen: 5_000_000, halvings: ["summary"] };
    const change = { action: "change", reason: "halved", facts };
    const changed = await chief.ask("POST", `${notice}/moves`, change, key());
    expect(changed.status, changed.text).toBe(200);
    await app.settle();
    await withOwner(app, (tables) =>
      tables.query("UPDATE outbox SET done_at = NULL, due_at = at WHERE name = 'fee.refund_due'"),
    );
    await app.settle();
    const made = await rowsOf<{ id: string; paymentId: string; fen: string; origin: string; state: string }>(
      app,
      `SELECT id, payment_id AS paymentId, amount_fen AS fen, origin, state FROM refund WHERE notice_id = ${noticeId} ORDER BY id`,
    );
    // 525.00 back: all of the second payment, the rest out of the first. Told twice, asked for once.
    expect(made.map(({ paymentId, fen, origin, state }) => [String(paymentId), Number(fen), origin, state])).toEqual([
      [second.id, 25_000, "change", "requested"],
      [first.id, 27_500, "change", "requested"],
    ]);
    const own = await move(chief, String(made[0]?.id), { action: "approve" });
    expect([own.status, own.json.code]).toEqual([403, "refund.same_person"]);
    const other = await supervisor(app, "supervisor-change");
    for (const { id } of made) expect((await move(other, String(id), { action: "approve" })).status).toBe(200);
    await app.settle();
    for (const { id } of made) expect((await refunded(String(id))).state.code).toBe("succeeded");
    expect((await owner.ask("GET", notice)).json).toMatchObject({ state: { code: "paid" }, outstandingFen: 0 });
  });

  it("the whole of it: refunding, then refunded; fifteen copies of the notice are one", async () => {
    const one = await paid();
    const late = app.sandbox.wechatPay.notice(one.orderNumber);
    app.sandbox.wechatPay.endRefundsAs("PROCESSING");
    const { id, number } = (await ask(clerk, one, FEE)).json;
    await move(chief, id, { action: "approve" });
    await app.settle();
    expect((await one.owner.ask("GET", one.path)).json.state.code).toBe("refunding");
    app.sandbox.wechatPay.finishRefund(number);
    const copies = await Promise.all(
      Array.from({ length: 15 }, () => bring(app.origin, app.sandbox.wechatPay.refundNotice(number))),
    );
    expect(new Set(copies.map(({ status }) => status))).toEqual(new Set([204]));
    expect((await one.owner.ask("GET", one.path)).json).toMatchObject({
      state: { code: "refunded" },
      refundedFen: FEE,
    });
    expect(await rowsOf(app, "SELECT id FROM ledger_entry WHERE refund_id = ?", [id])).toHaveLength(1);
    // What came before it is old news.
    expect((await bring(app.origin, late)).status).toBe(204);
    expect((await one.owner.ask("GET", one.path)).json.state.code).toBe("refunded");
  });

  it("that fails is told to people with what to do; what is closed goes out again under a new number", async () => {
    const one = await paid();
    app.sandbox.wechatPay.endRefundsAs("CLOSED");
    const { id, number } = (await ask(clerk, one, 2_000)).json;
    await move(chief, id, { action: "approve" });
    await app.settle();
    const failed = await refunded(id);
    expect(failed).toMatchObject({ state: { code: "failed" }, moves: [{ action: "retry" }] });
    const alarms = (await chief.ask("GET", "/payment-alarms?state=open")).json.items;
    const told = alarms.find(({ facts }: { facts: { refundNumber?: string } }) => facts.refundNumber === number);
    expect(told).toMatchObject({ kind: { code: "refund_closed" }, orderNumber: one.orderNumber });
    expect(told.advice).toContain("重新退款");
    const retried = await move(chief, id, { action: "retry" });
    expect(retried.json, retried.text).toMatchObject({ state: { code: "approved" } });
    expect(retried.json.number).not.toBe(number);
    await app.settle();
    expect((await refunded(id)).state.code).toBe("succeeded");
    expect((await one.owner.ask("GET", one.path)).json.refundedFen).toBe(2_000);
  });

  it("that is abnormal stays open until WeChat says it is done", async () => {
    const one = await paid();
    app.sandbox.wechatPay.endRefundsAs("ABNORMAL");
    const { id, number } = (await ask(clerk, one, 3_000)).json;
    await move(chief, id, { action: "approve" });
    await app.settle();
    expect((await refunded(id)).state.code).toBe("failed");
    await app.settle();
    const titles = (await one.owner.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toContain("退款未能到账，法院正在处理");
    // Put right at WeChat by hand.
    const standing = app.sandbox.wechatPay.refunds.get(number);
    if (standing) Object.assign(standing, { status: "SUCCESS", successAt: app.clock.now().getTime() });
    app.clock.shiftMs += 6 * 3_600_000 + 1_000;
    await sendRefunds(app);
    const back = await rowsOf<{ state: string }>(app, "SELECT state FROM refund WHERE id = ?", [id]);
    expect(back).toEqual([{ state: "succeeded" }]);
    model = { ...model, owner: await person(app, "王芳") };
  });
});

describe("a refund that cannot be sent, and one that nobody asked for", () => {
  let app: TestApp;
  let model: AcceptedCase;
  let chief: StaffPerson;
  beforeAll(async () => {
    app = await startApp("refundsending");
    await seedCourtsAndRules(app);
    model = await acceptedCase(app, "王芳");
    chief = await supervisor(app);
  });
  afterAll(async () => {
    expect(await faultsInBooks(app)).toEqual([]);
    await app.stop();
  });

  it("waits for the merchant's purse, tells people, and goes out once", async () => {
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    const one = await order(model.owner, `/fee-notices/${noticeId}`);
    await payAndTell(app, one);
    const asked = await model.clerk.ask("POST", `${one.path}/refunds`, { amountFen: 5_000, reason: "核减" }, key());
    app.sandbox.wechatPay.purse.left = 0;
    await chief.ask("POST", `/refunds/${asked.json.id}/moves`, { action: "approve" }, key());
    await app.settle();
    const alarms = (await chief.ask("GET", "/payment-alarms?state=open")).json.items;
    expect(alarms[0]).toMatchObject({ kind: { code: "refund_stuck" }, facts: { refusal: "NOT_ENOUGH" } });
    app.sandbox.wechatPay.purse.left = 1_000_000;
    app.clock.shiftMs += 61_000;
    await sendRefunds(app);
    expect(app.sandbox.wechatPay.refunds.size).toBe(1);
  });

  it("sent, and the answer lost: asked again it is the same refund", async () => {
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    const one = await order(await person(app, "王芳"), `/fee-notices/${noticeId}`);
    await payAndTell(app, one);
    const before = app.sandbox.wechatPay.refunds.size;
    const asked = await model.clerk.ask("POST", `${one.path}/refunds`, { amountFen: 5_000, reason: "核减" }, key());
    app.sandbox.faults.set("wechat-pay", { lose: "after", times: 3 });
    await chief.ask("POST", `/refunds/${asked.json.id}/moves`, { action: "approve" }, key());
    await app.settle();
    for (let turn = 0; turn < 3; turn += 1) {
      app.clock.shiftMs += 61_000;
      await sendRefunds(app);
    }
    expect(app.sandbox.wechatPay.refunds.size).toBe(before + 1);
  });

  it("of another's making moves nothing and raises one alarm", async () => {
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    const one = await order(await person(app, "王芳"), `/fee-notices/${noticeId}`);
    const { total } = app.sandbox.wechatPay.orders.get(one.orderNumber)!;
    const told = {
      mchid: app.sandbox.wechatPay.orders.get(one.orderNumber)?.mchid,
      out_trade_no: one.orderNumber,
      transaction_id: "4200000000000000000000000001",
      out_refund_no: "BYHAND000001",
      refund_id: "50300000000000000000000001",
      refund_status: "SUCCESS",
      success_time: "2026-11-22T10:00:00+08:00",
      user_received_account: "支付用户零钱",
      amount: { total, refund: 100, payer_total: total, payer_refund: 100 },
    };
    for (let copy = 0; copy < 3; copy += 1)
      expect((await bring(app.origin, app.sandbox.wechatPay.makeNotice(told, "REFUND.SUCCESS"))).status).toBe(204);
    expect(await rowsOf(app, "SELECT id FROM payment_alarm WHERE kind = 'unknown_refund'")).toHaveLength(1);
    expect((await rowsOf<{ state: string }>(app, "SELECT state FROM payment WHERE id = ?", [one.id]))[0]?.state).toBe(
      "processing",
    );
  });
});
