import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { bring, faultsInBooks, noticesLike, order, payAndTell } from "#test/payments.ts";
import { person } from "#test/people.ts";
import { rowsOf } from "#test/reliability/crowd.ts";
import { askPayments } from "./ask.ts";
import { sendRefunds } from "./send-refunds.ts";

const FEE = 105_000;
const MINUTE = 60_000;

describe("an order", () => {
  let app: TestApp;
  let model: AcceptedCase;
  /** A notice of 王芳's that nothing was paid for yet; she has just signed in. */
  const fresh = async (): Promise<AcceptedCase> => {
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    return { ...model, owner: await person(app, "王芳"), noticeId, notice: `/fee-notices/${noticeId}` };
  };
  beforeAll(async () => {
    app = await startApp("orders");
    await seedCourtsAndRules(app);
    model = await acceptedCase(app, "王芳");
  });
  afterAll(async () => {
    expect(await faultsInBooks(app)).toEqual([]);
    expect(app.unexpected).toEqual([]);
    await app.stop();
  });
  const pay = (number: string) => app.sandbox.wechatPay.pay(number, { silent: true });

  it("is opened, paid, told of and settled: ledger, one receipt, a message", async () => {
    const { owner, notice, noticeId } = await fresh();
    const answer = await owner.ask("POST", `${notice}/payments`, { channel: "wechat_jsapi" }, key());
    expect(answer.status, answer.text).toBe(201);
    const { payment, wechat } = answer.json;
    expect(payment).toMatchObject({
      noticeId,
      channel: { code: "wechat_jsapi" },
      state: { code: "processing" },
      amountFen: FEE,
      paidAt: null,
      receiptNumber: null,
      duplicate: false,
      refunds: [],
    });
    expect(Object.keys(wechat).sort()).toEqual(["nonceStr", "package", "paySign", "signType", "timeStamp"]);
    expect(payment.next).toMatch(/最迟 \d\d:\d\d 给您准信/);
    expect((await owner.ask("GET", notice)).json.state.code).toBe("paying");
    expect(await rowsOf(app, "SELECT id FROM ledger_entry WHERE payment_id IS NOT NULL")).toEqual([]);

    expect(await payAndTell(app, payment)).toBe(204);
    const { json: paid } = await owner.ask("GET", `/payments/${payment.id}`);
    expect(paid).toMatchObject({ state: { code: "succeeded" }, moves: [], promisedAt: null, duplicate: false });
    expect(paid.receiptNumber).toMatch(/^票鲁0102-20\d\d-\d{8}$/);
    expect(paid.next).toContain(paid.receiptNumber);
    expect((await owner.ask("GET", notice)).json).toMatchObject({
      state: { code: "paid" },
      outstandingFen: 0,
      paidFen: FEE,
    });
    await app.settle();
    const { items } = (await owner.ask("GET", "/messages")).json;
    const texts = items.map(({ title, body }: { title: string; body: string }) => title + body);
    expect(texts.filter((text: string) => text.includes(paid.receiptNumber))).toHaveLength(1);

    const [row] = await rowsOf<{ code: string }>(
      app,
      `SELECT receipt_code AS code FROM payment WHERE id = ${payment.id}`,
    );
    const number = encodeURIComponent(paid.receiptNumber);
    const check = (code: string) => app.ask("GET", `/receipts/${number}?code=${code}`);
    expect((await check(row?.code ?? "")).json).toMatchObject({
      valid: true,
      amountFen: FEE,
      payer: "王*",
      refundedFen: 0,
    });
    const wrong = await check("000000000000");
    expect(wrong.json).toMatchObject({ valid: false, amountFen: null, payer: null });
    expect((await app.ask("GET", `/receipts/unknown?code=000000000000`)).text).toBe(wrong.text);
  });

  it("fifteen copies at once, and more later, are one payment", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    pay(one.orderNumber);
    const copies = await Promise.all(
      Array.from({ length: 15 }, () => bring(app.origin, app.sandbox.wechatPay.notice(one.orderNumber))),
    );
    expect(copies.map(({ status }) => status)).toEqual(Array(15).fill(204));
    expect((await bring(app.origin, app.sandbox.wechatPay.notice(one.orderNumber))).status).toBe(204);
    expect(copies.every(({ text }) => text === "")).toBe(true);
    const steps = await rowsOf(app, "SELECT name FROM outbox WHERE about = ? AND name = 'payment.succeeded'", [
      `payment:${one.id}`,
    ]);
    expect(steps).toHaveLength(1);
  });

  it("asked for again is the same order; with the same key the same answer", async () => {
    const { owner, notice } = await fresh();
    const once = key();
    const first = await owner.ask("POST", `${notice}/payments`, { channel: "wechat_native" }, once);
    const again = await owner.ask("POST", `${notice}/payments`, { channel: "wechat_native" }, once);
    expect([again.status, again.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(again.text).toBe(first.text);
    const other = await order(owner, notice, { channel: "wechat_native" });
    expect(other.orderNumber).toBe(first.json.payment.orderNumber);
    expect(other.wechat).toEqual(first.json.wechat);
    const crowd = await Promise.all(
      Array.from({ length: 8 }, () => order(owner, notice, { channel: "wechat_native" })),
    );
    expect(new Set(crowd.map(({ orderNumber }) => orderNumber)).size).toBe(1);
    const changed = await owner.ask("POST", `${notice}/payments`, { channel: "wechat_native", amountFen: 1 }, once);
    expect([changed.status, changed.json.code]).toEqual([422, "idempotency.other_body"]);
    expect((await owner.ask("GET", `${notice}/payments`)).json.items).toHaveLength(1);
  });

  it("a change of mind closes the order before it, by asking", async () => {
    const { owner, notice } = await fresh();
    const first = await order(owner, notice);
    const second = await order(owner, notice, { channel: "wechat_h5" });
    expect(second.orderNumber).not.toBe(first.orderNumber);
    expect(second.wechat.h5Url).toMatch(/^http/);
    expect(app.sandbox.wechatPay.orders.get(first.orderNumber)?.state).toBe("CLOSED");
    expect((await owner.ask("GET", first.path)).json.state.code).toBe("closed");
    expect((await owner.ask("GET", notice)).json.state.code).toBe("paying");

    // Paid in the very moment in which it was to be closed.
    pay(second.orderNumber);
    const third = await owner.ask("POST", `${notice}/payments`, { channel: "wechat_native" }, key());
    expect([third.status, third.json.code, third.json.paymentId]).toEqual([409, "payment.already_paid", second.id]);
    expect((await owner.ask("GET", notice)).json.state.code).toBe("paid");
    const fourth = await owner.ask("POST", `${notice}/payments`, { channel: "wechat_native" }, key());
    expect([fourth.status, fourth.json.code]).toEqual([409, "payment.nothing_due"]);
  });

  it("is found by asking where no notice came: by `check`, or by the job at the promised time", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    const before = (await owner.ask("POST", `${one.path}/moves`, { action: "check" })).json;
    expect(before.state.code).toBe("processing");
    pay(one.orderNumber);
    const checked = await owner.ask("POST", `${one.path}/moves`, { action: "check" });
    expect([checked.status, checked.json.state.code]).toEqual([200, "succeeded"]);

    const other = await fresh();
    const two = await order(other.owner, other.notice);
    pay(two.orderNumber);
    const { promisedAt } = (await other.owner.ask("GET", two.path)).json;
    app.clock.shiftMs += 9_000;
    await askPayments(app);
    expect((await other.owner.ask("GET", two.path)).json.state.code).toBe("processing");
    app.clock.shiftMs += 2_000;
    await askPayments(app);
    const found = (await other.owner.ask("GET", two.path)).json;
    expect(found.state.code).toBe("succeeded");
    expect(app.clock.now().getTime()).toBeLessThan(new Date(promisedAt).getTime());
    expect(await rowsOf(app, `SELECT settled_by FROM payment WHERE id IN (${one.id}, ${two.id})`)).toEqual([
      { settled_by: "query" },
      { settled_by: "query" },
    ]);
  });

  it("given up is closed; given up too late is paid", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    const given = await owner.ask("POST", `${one.path}/moves`, { action: "cancel" });
    expect([given.status, given.json.state.code]).toEqual([200, "closed"]);
    const twice = await owner.ask("POST", `${one.path}/moves`, { action: "cancel" });
    expect([twice.status, twice.json.code]).toEqual([409, "workflow.wrong_state"]);
    const two = await order(owner, notice);
    pay(two.orderNumber);
    const late = await owner.ask("POST", `${two.path}/moves`, { action: "cancel" });
    expect([late.status, late.json.state.code]).toEqual([200, "succeeded"]);
  });

  it("money that arrives for a closed order has arrived", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    await owner.ask("POST", `${one.path}/moves`, { action: "cancel" });
    // At WeChat it was never closed: the word that closed it was wrong.
    const stands = app.sandbox.wechatPay.orders.get(one.orderNumber);
    if (stands) stands.state = "NOTPAY";
    expect(await payAndTell(app, one)).toBe(204);
    expect((await owner.ask("GET", one.path)).json).toMatchObject({ state: { code: "succeeded" }, duplicate: false });
  });

  it("two that were paid for one notice: the second goes back by itself", async () => {
    const { owner, notice, noticeId } = await fresh();
    const { payCode } = (await owner.ask("GET", notice)).json;
    const friend = await person(app, "好友");
    const [mine, theirs] = [await order(owner, notice), await order(friend, notice, { payCode })];
    pay(mine.orderNumber);
    pay(theirs.orderNumber);
    app.sandbox.wechatPay.endRefundsAs("PROCESSING");
    const both = await Promise.all(
      [mine, theirs].map(({ orderNumber }) => bring(app.origin, app.sandbox.wechatPay.notice(orderNumber))),
    );
    expect(both.map(({ status }) => status)).toEqual([204, 204]);
    await app.settle();
    await sendRefunds(app);
    const [left, right] = [(await owner.ask("GET", mine.path)).json, (await friend.ask("GET", theirs.path)).json];
    const [kept, back] = left.duplicate ? [right, left] : [left, right];
    expect(kept).toMatchObject({ state: { code: "succeeded" }, duplicate: false, refunds: [] });
    expect(back).toMatchObject({ state: { code: "refunding" }, duplicate: true, receiptNumber: null });
    expect(back.refunds).toHaveLength(1);
    expect(back.refunds[0]).toMatchObject({
      amountFen: FEE,
      origin: { code: "duplicate" },
      state: { code: "processing" },
      requestedBy: null,
      approvedBy: null,
    });
    app.sandbox.wechatPay.finishRefund(back.refunds[0].number);
    await until(async () => {
      app.clock.shiftMs += 15_000;
      await sendRefunds(app);
      return (
        (await rowsOf(app, `SELECT id FROM refund WHERE notice_id = ${noticeId} AND state = 'succeeded'`)).length === 1
      );
    });
    const who = left.duplicate ? owner : friend;
    const returned = (await who.ask("GET", `/payments/${back.id}`)).json;
    expect(returned).toMatchObject({ state: { code: "refunded" }, refundedFen: FEE });
    expect(returned.next).toContain("重复支付");
    await app.settle();
    const titles = (await who.ask("GET", "/messages")).json.items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(expect.arrayContaining(["多付的款项正在自动退回", "退款已原路退回"]));
    expect((await owner.ask("GET", notice)).json).toMatchObject({
      state: { code: "paid" },
      paidFen: FEE,
      refundedFen: 0,
    });
  });

  it("several plaintiffs pay in parts, by the pay code; what is too much of the last goes back", async () => {
    const { owner, notice } = await fresh();
    const { payCode } = (await owner.ask("GET", notice)).json;
    const others = await Promise.all(["共同原告甲", "共同原告乙"].map((name) => person(app, name)));
    const stranger = await others[0]?.ask("POST", `${notice}/payments`, { channel: "wechat_jsapi" }, key());
    expect(stranger?.status).toBe(404);
    const tooMuch = await owner.ask(
      "POST",
      `${notice}/payments`,
      { channel: "wechat_jsapi", amountFen: FEE + 1 },
      key(),
    );
    expect([tooMuch.status, tooMuch.json.code, tooMuch.json.outstandingFen]).toEqual([422, "payment.amount", FEE]);
    const parts = await Promise.all([
      order(owner, notice, { amountFen: 40_000 }),
      ...others.map((who) => order(who, notice, { amountFen: 40_000, payCode })),
    ]);
    for (const { orderNumber } of parts) pay(orderNumber);
    for (const { orderNumber } of parts) await bring(app.origin, app.sandbox.wechatPay.notice(orderNumber));
    const { items } = (await owner.ask("GET", `${notice}/payments`)).json;
    expect(items).toHaveLength(3);
    expect((await owner.ask("GET", notice)).json).toMatchObject({ state: { code: "paid" }, paidFen: FEE });
    const last = (await others[1]!.ask("GET", parts[2]!.path)).json;
    expect(last).toMatchObject({ state: { code: "succeeded" }, duplicate: true, refunds: [{ amountFen: 15_000 }] });
    // Each sees their own.
    expect((await others[0]!.ask("GET", `${notice}/payments`)).json.items).toHaveLength(1);
    expect((await others[0]!.ask("GET", parts[2]!.path)).status).toBe(404);
  });

  it("at the counter: the court's people show a code, and nothing else", async () => {
    const { owner, notice, clerk } = await fresh();
    const chief = await supervisor(app, "supervisor-counter");
    const jsapi = await chief.ask("POST", `${notice}/payments`, { channel: "wechat_jsapi" }, key());
    expect([jsapi.status, jsapi.json.code]).toEqual([403, "payment.counter_only_native"]);
    const counter = await order(chief, notice, { channel: "wechat_native" });
    expect(counter.wechat.codeUrl).toMatch(/^weixin:/);
    expect(await payAndTell(app, counter)).toBe(204);
    expect((await owner.ask("GET", `${notice}/payments`)).json.items[0].state.code).toBe("succeeded");
    const found = await clerk.ask("GET", `/payments?state=succeeded&number=${counter.orderNumber}`);
    expect(found.json.items.map(({ id }: { id: string }) => id)).toEqual([counter.id]);
    const { receiptNumber, transactionNumber } = found.json.items[0];
    // As a Chinese keyboard types it, too.
    const wide = counter.orderNumber.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
    for (const number of [receiptNumber, transactionNumber, wide, ` ${wide.slice(0, 8)} ${wide.slice(8)}`]) {
      const { json } = await clerk.ask("GET", `/payments?number=${encodeURIComponent(number)}`);
      expect(json.items.map(({ id }: { id: string }) => id)).toEqual([counter.id]);
    }
  });

  it("that differs from ours by a fen, or in its currency, moves nothing and people are told", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    pay(one.orderNumber);
    await app.settle();
    const before = (await owner.ask("GET", notice)).json;
    const { mismatches, notice: genuine } = app.sandbox.wechatPay;
    const names = Object.keys(mismatches);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const made = (mismatches[name] as (typeof mismatches)[string])(genuine(one.orderNumber));
      for (let copy = 0; copy < 3; copy += 1) expect((await bring(app.origin, made)).status, name).toBe(204);
    }
    const { json } = await owner.ask("GET", one.path);
    expect(json.state.code).toBe("processing");
    expect(json.next).toContain("请不要再次支付");
    const now = (await owner.ask("GET", notice)).json;
    expect([now.paidFen, now.outstandingFen]).toEqual([before.paidFen, before.outstandingFen]);
    expect(await rowsOf(app, "SELECT id FROM ledger_entry WHERE payment_id = ?", [one.id])).toEqual([]);
    const chief = await supervisor(app, "supervisor-alarms");
    const alarms = (await chief.ask("GET", "/payment-alarms?state=open")).json.items;
    const told = alarms.filter(({ orderNumber }: { orderNumber: string }) => orderNumber === one.orderNumber);
    expect(new Set(told.map(({ kind }: { kind: { code: string } }) => kind.code))).toEqual(
      new Set(["amount_differs", "currency_differs"]),
    );
    for (const { id } of told) {
      const answer = await chief.ask(
        "POST",
        `/payment-alarms/${id}/moves`,
        { action: "resolve", note: "已核对" },
        key(),
      );
      expect(answer.json.resolvedAt, answer.text).not.toBeNull();
    }
    // WeChat's true word is taken as ever.
    expect((await bring(app.origin, genuine(one.orderNumber))).status).toBe(204);
    expect((await owner.ask("GET", one.path)).json.state.code).toBe("succeeded");
  });

  it("of nobody's that was paid raises one alarm", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    pay(one.orderNumber);
    const resource = { ...transactionLike(app, one.orderNumber), out_trade_no: "OTHERSYSTEM0001" };
    for (let copy = 0; copy < 3; copy += 1)
      expect((await bring(app.origin, app.sandbox.wechatPay.makeNotice(resource))).status).toBe(204);
    expect(await rowsOf(app, "SELECT id FROM payment_alarm WHERE order_number = 'OTHERSYSTEM0001'")).toHaveLength(1);
  });

  it("that nobody pays is asked about as planned, then closed, and can be paid no more", async () => {
    const { owner, notice } = await fresh();
    const one = await order(owner, notice);
    let again = owner;
    for (let minute = 0; minute < 39; minute += 1) {
      await askPayments(app);
      app.clock.shiftMs += MINUTE;
      const who = minute % 10 === 0 ? await person(app, "王芳") : again;
      again = who;
      const { state, promisedAt, next } = (await who.ask("GET", one.path)).json;
      expect(state.code).toBe("processing");
      // The minute passes before the job looks again: the promise still lies ahead, or is being kept now.
      expect(new Date(promisedAt).getTime()).toBeGreaterThanOrEqual(app.clock.now().getTime() - 1_000);
      expect(next).toContain("微信");
    }
    app.clock.shiftMs += 2 * MINUTE;
    await askPayments(app);
    again = await person(app, "王芳");
    const { state, next, promisedAt } = (await again.ask("GET", one.path)).json;
    expect([state.code, promisedAt]).toEqual(["closed", null]);
    expect(next).toContain("没有扣款");
    expect(app.sandbox.wechatPay.orders.get(one.orderNumber)?.state).toBe("CLOSED");
    expect(() => pay(one.orderNumber)).toThrow();
    expect((await again.ask("GET", notice)).json.state.code).not.toBe("paying");
    expect(await rowsOf(app, "SELECT id FROM payment WHERE ask_at IS NOT NULL AND id = ?", [one.id])).toEqual([]);
  });
});

function transactionLike(app: TestApp, orderNumber: string): Record<string, unknown> {
  const { appid, mchid, total, transactionId } = app.sandbox.wechatPay.orders.get(orderNumber)!;
  return {
    appid,
    mchid,
    transaction_id: transactionId,
    trade_type: "JSAPI",
    trade_state: "SUCCESS",
    trade_state_desc: "支付成功",
    bank_type: "OTHERS",
    success_time: "2026-11-22T10:00:00+08:00",
    payer: { openid: "o" },
    amount: { total, payer_total: total, currency: "CNY", payer_currency: "CNY" },
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come about");
}
