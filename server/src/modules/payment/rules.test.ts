import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BillLine } from "#gateways/payments/port.ts";
import { ALARMS } from "./alarms.ts";
import { compare, DIFFERENCES, type OurPayment, type OurRefund } from "./compare.ts";
import { clockTime, nextOfPayment, nextOfRefund, type PaymentSaid } from "./next.ts";
import { looksLikeOurs, orderNumber, refundNumber } from "./numbers.ts";
import { askAgain, LEASE_MS, nextAsk, ORDER_LIFE_MS, PROMISE_MS, promiseFor } from "./schedule.ts";
import {
  isLive,
  isPaid,
  movesOfPayment,
  type PaymentState,
  paymentWorkflow,
  RANK,
  type RefundState,
  refundWorkflow,
} from "./workflow.ts";

const MADE = new Date("2026-11-23T02:00:00.000Z");
const order = { createdAt: MADE, expiresAt: new Date(MADE.getTime() + ORDER_LIFE_MS) };
const later = (seconds: number): Date => new Date(MADE.getTime() + seconds * 1000);

describe("when WeChat is asked", () => {
  it("10 s, 30 s, 60 s, 2, 5, 10 and 30 minutes after an order was made, and when it expires", () => {
    const asks: number[] = [];
    for (let now = MADE; now < order.expiresAt; now = nextAsk(order, now))
      asks.push((nextAsk(order, now).getTime() - MADE.getTime()) / 1000);
    expect(asks).toEqual([10, 30, 60, 120, 300, 600, 1800, ORDER_LIFE_MS / 1000]);
    // Where closing it failed, every minute.
    expect(nextAsk(order, order.expiresAt)).toEqual(new Date(order.expiresAt.getTime() + 60_000));
  });

  it("always later than now, and never later than the order lives", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * ORDER_LIFE_MS }), (passed) => {
        const now = new Date(MADE.getTime() + passed);
        const next = nextAsk(order, now);
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        if (now < order.expiresAt) expect(next.getTime()).toBeLessThanOrEqual(order.expiresAt.getTime());
        expect(promiseFor(next).getTime()).toBe(next.getTime() + PROMISE_MS);
      }),
    );
  });

  it("soon again where nobody answered, and never less than once a minute", () => {
    for (let failures = 0; failures < 20; failures += 1) {
      const wait = askAgain(MADE, failures).getTime() - MADE.getTime();
      expect(wait).toBeGreaterThanOrEqual(10_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    }
    // Whoever asks has the row until three attempts of eight seconds are surely over.
    expect(LEASE_MS).toBeGreaterThan(3 * 8_000 + 2 * 2_000);
  });
});

describe("states", () => {
  it("go only forward", () => {
    for (const [action, { from, to }] of movesOfPayment())
      for (const state of from) {
        if (action === "check") continue;
        expect(RANK[to], `${action} from ${state}`).toBeGreaterThan(RANK[state]);
      }
    expect(Object.keys(RANK).sort()).toEqual(Object.keys(paymentWorkflow.states).sort());
  });

  it("the money is there or it is not", () => {
    const states = Object.keys(RANK) as PaymentState[];
    expect(states.filter(isPaid)).toEqual(["succeeded", "refunding", "refunded"]);
    expect(states.filter(isLive)).toEqual(["created", "processing"]);
  });
});

describe("what is said", () => {
  const said: PaymentSaid = {
    state: "processing",
    channel: "wechat_jsapi",
    amountFen: 5000,
    appliedFen: 0,
    paidFen: null,
    refundedFen: 0,
    promisedAt: later(70),
    receiptNumber: null,
    returnDueOn: null,
    quarantined: false,
  };

  it("names the minute by which it is known, never an earlier one", () => {
    expect(nextOfPayment(said, MADE)).toBe(
      "请在微信中完成支付。付款后我们会向微信核实，最迟 10:02 给您准信，您可以离开此页。",
    );
    expect(clockTime(later(60))).toBe("10:01");
    expect(clockTime(later(60.001))).toBe("10:02");
  });

  it("does not go on promising when the moment has passed", () => {
    expect(nextOfPayment(said, later(71))).toContain("微信暂时没有答复");
    expect(nextOfPayment({ ...said, promisedAt: null }, MADE)).toContain("请不要重复支付");
  });

  it("every state of a payment and a refund has one plain sentence", () => {
    for (const state of Object.keys(paymentWorkflow.states) as PaymentState[]) {
      const paidFen = isPaid(state) ? 5000 : null;
      for (const appliedFen of isPaid(state) ? [5000, 2000, 0] : [0])
        for (const refundedFen of isPaid(state) ? [0, 3000, 5000] : [0])
          for (const quarantined of [false, true]) {
            const text = nextOfPayment({ ...said, state, paidFen, appliedFen, refundedFen, quarantined }, MADE);
            expect(text, `${state} ${appliedFen} ${refundedFen}`).toMatch(/^[\u4e00-\u9fff0-9].*。$/u);
            expect(text).not.toMatch(/undefined|null|NaN|您错|违/);
          }
    }
    for (const state of Object.keys(refundWorkflow.states) as RefundState[]) {
      const text = nextOfRefund({ state, amountFen: 5000, dueOn: "2026-12-08", finishedAt: MADE });
      expect(text).toMatch(/。$/);
    }
  });

  it("whatever people must look at comes with advice", () => {
    for (const { label, advice } of [...Object.values(ALARMS), ...Object.values(DIFFERENCES)]) {
      expect(label.length).toBeGreaterThan(5);
      expect(advice).toMatch(/。$/);
    }
  });
});

describe("the bill beside our books", () => {
  const ours = (number: string, fen = 5000, paid = true): OurPayment => ({
    orderNumber: number,
    courtCode: "鲁0102",
    paid,
    paidFen: paid ? fen : null,
    amountFen: fen,
  });
  const back = (number: string, state: RefundState = "succeeded", amountFen = 1000): OurRefund => ({
    refundNumber: number,
    orderNumber: "P1",
    courtCode: "鲁0102",
    state,
    amountFen,
  });
  const line = (number: string, amountFen = 5000): BillLine => ({
    kind: "payment",
    orderNumber: number,
    transactionNumber: `4200${number}`,
    refundNumber: null,
    amountFen,
    refundFen: 0,
    at: MADE,
    tradeType: "JSAPI",
    chargeFen: 30,
  });
  const backLine = (number: string, refundFen = 1000): BillLine => ({
    ...line("P1", 0),
    kind: "refund",
    refundNumber: number,
    refundFen,
  });
  const books = (payments: OurPayment[], refunds: OurRefund[] = []) => ({
    payments: new Map(payments.map((one) => [one.orderNumber, one])),
    refunds: new Map(refunds.map((one) => [one.refundNumber, one])),
    paidThatDay: payments.filter(({ paid }) => paid),
    refundedThatDay: refunds.filter(({ state }) => state === "succeeded"),
  });
  const kinds = (lines: BillLine[], payments: OurPayment[], refunds: OurRefund[] = []) =>
    compare({ lines, ...books(payments, refunds) }).map(({ kind, reference, billFen, oursFen }) => [
      kind,
      reference,
      billFen,
      oursFen,
    ]);

  it("finds nothing where nothing differs", () => {
    expect(kinds([line("P1"), backLine("R1")], [ours("P1")], [back("R1")])).toEqual([]);
    // Asked for that day and ended later.
    expect(kinds([line("P1"), backLine("R1")], [ours("P1")], [back("R1", "processing")])).toEqual([]);
  });

  it("gives every difference its name", () => {
    const lost = orderNumber(MADE);
    expect(kinds([line("P1"), line(lost)], [ours("P1")])).toEqual([["missing_with_us", lost, 5000, null]]);
    expect(kinds([line("EXTRA1")], [])).toEqual([["unknown_order", "EXTRA1", 5000, null]]);
    expect(kinds([line("P1", 5001)], [ours("P1")])).toEqual([["amount_differs", "P1", 5001, 5000]]);
    expect(kinds([line("P1", 5001)], [ours("P1", 5000, false)])).toEqual([["amount_differs", "P1", 5001, 5000]]);
    expect(kinds([line("P1")], [ours("P1", 5000, false)])).toEqual([["not_taken", "P1", 5000, null]]);
    expect(kinds([], [ours("P1")])).toEqual([["missing_in_bill", "P1", null, 5000]]);
    expect(kinds([line("P1"), backLine("R1")], [ours("P1")])).toEqual([["refund_unknown", "R1", 1000, null]]);
    expect(kinds([line("P1")], [ours("P1")], [back("R1")])).toEqual([["refund_missing", "R1", null, 1000]]);
    expect(kinds([line("P1"), backLine("R1", 1001)], [ours("P1")], [back("R1")])).toEqual([
      ["refund_amount_differs", "R1", 1001, 1000],
    ]);
    expect(kinds([line("P1"), backLine("R1")], [ours("P1")], [back("R1", "requested")])).toEqual([
      ["refund_not_approved", "R1", 1000, 1000],
    ]);
  });

  it("knows a number of its own making", () => {
    for (let at = 0; at < 50; at += 1) {
      expect(looksLikeOurs(orderNumber(MADE))).toBe(true);
      expect(looksLikeOurs(refundNumber(MADE))).toBe(true);
      // What WeChat takes for a number.
      expect(orderNumber(MADE)).toMatch(/^[0-9A-Za-z]{6,32}$/);
    }
    expect(looksLikeOurs("EXTRA0123456789abcdef")).toBe(false);
  });
});
