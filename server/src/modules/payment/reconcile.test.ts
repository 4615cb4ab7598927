import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, courtDayOf } from "#core/period.ts";
import { GatewayError } from "#gateways/gateway-error.ts";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { key, seedCourtsAndRules, supervisor } from "#test/filings.ts";
import { faultsInBooks, noticesLike, type Ordered, order, payAndTell } from "#test/payments.ts";
import { person, type StaffPerson, signInStaff, speaker } from "#test/people.ts";
import { rowsOf, withOwner } from "#test/reliability/crowd.ts";
import { reconcileDue } from "./jobs.ts";
import { sendRefunds } from "./send-refunds.ts";

/** One day of payments and refunds, then the morning after: each test plants its difference in that day. */
describe("the morning after", () => {
  let app: TestApp;
  let model: AcceptedCase;
  let chief: StaffPerson;
  let day: string;
  let paid: Ordered[];
  let silent: Ordered;
  let refunds: string[];

  beforeAll(async () => {
    app = await startApp("reconcile");
    app.untilHour(9);
    await seedCourtsAndRules(app);
    model = await acceptedCase(app, "王芳");
    chief = await supervisor(app);
    const noticeIds = await noticesLike(app, model.noticeId, 6);
    const orders: Ordered[] = [];
    for (const id of noticeIds) orders.push(await order(model.owner, `/fee-notices/${id}`));
    silent = orders.pop() as Ordered;
    paid = orders;
    for (const one of paid) await payAndTell(app, one);
    app.sandbox.wechatPay.pay(silent.orderNumber, { silent: true });
    day = courtDayOf(app.clock.now());
    // Nobody asks about the one without a notice: the bill must find it.
    await withOwner(app, (owner) => owner.query("UPDATE payment SET ask_at = NULL WHERE id = ?", [silent.id]));
    refunds = [];
    for (const one of paid.slice(0, 2)) {
      const asked = await model.clerk.ask("POST", `${one.path}/refunds`, { amountFen: 1_000, reason: "核减" }, key());
      await chief.ask("POST", `/refunds/${asked.json.id}/moves`, { action: "approve" }, key());
      refunds.push(asked.json.id);
    }
    await app.settle();
    for (const { out_refund_no } of app.sandbox.wechatPay.refunds.values())
      app.sandbox.wechatPay.finishRefund(out_refund_no);
    await withOwner(app, (owner) => owner.query("UPDATE refund SET ask_at = requested_at WHERE state = 'processing'"));
    await sendRefunds(app);
    // Ten in the morning of the next day, and after.
    const next = new Date(`${day}T00:00:00+08:00`).getTime() + 86_400_000 + 10.5 * 3_600_000;
    app.clock.shiftMs += next - app.clock.now().getTime();
    const again = await signInStaff(app, chief);
    chief = { ...chief, ...speaker(app, again) };
  }, 120_000);
  afterAll(async () => {
    expect(await faultsInBooks(app)).toEqual([]);
    // A bill that does not come is told to the log as well; anything else would be a fault of our own.
    expect(app.unexpected.filter((error) => !(error instanceof GatewayError))).toEqual([]);
    await app.stop();
  });

  const reconciled = async () => {
    const answer = await chief.ask("POST", "/reconciliations", { day });
    expect(answer.status, answer.text).toBe(200);
    return answer.json;
  };
  // biome-ignore lint/suspicious/noExplicitAny: answers as they come
  const openOf = (json: any) =>
    json.differences
      .filter(({ state }: { state: { code: string } }) => state.code === "open")
      .map(
        // biome-ignore lint/suspicious/noExplicitAny: answers as they come
        ({ kind, orderNumber, refundNumber, billFen, oursFen }: any) => [
          kind.code,
          refundNumber ?? orderNumber,
          billFen,
          oursFen,
        ],
      );
  /** Plants a difference with the tables' own hands, reconciles, and puts it back. */
  const planted = async (sql: string, back: string, values: string[]) => {
    await withOwner(app, (owner) => owner.query(sql, values));
    const json = await reconciled();
    await withOwner(app, (owner) => owner.query(back, values));
    return openOf(json);
  };

  it("the job finds the payment that no notice told of, and everything else agrees", async () => {
    expect((await chief.ask("GET", `/reconciliations/${day}`)).status).toBe(404);
    await reconcileDue(app);
    const { json } = await chief.ask("GET", `/reconciliations/${day}`);
    expect(openOf(json)).toEqual([]);
    expect(json.state.code).toBe("matched");
    expect(json.bill).toEqual({ count: 8, paidFen: 6 * 105_000, refundedFen: 2_000 });
    expect(json.ours).toEqual(json.bill);
    expect(json.differences).toMatchObject([
      { kind: { code: "unsettled_found" }, orderNumber: silent.orderNumber, state: { code: "settled" }, moves: [] },
    ]);
    expect(await rowsOf(app, "SELECT settled_by FROM payment WHERE id = ?", [silent.id])).toEqual([
      { settled_by: "bill" },
    ]);
    // The job has nothing more to do.
    const [before] = await rowsOf<{ at: Date }>(app, "SELECT at FROM reconciliation");
    app.clock.shiftMs += 60_000;
    await reconcileDue(app);
    expect(await rowsOf(app, "SELECT at FROM reconciliation")).toEqual([before]);
  });

  it("a line that is missing in the bill", async () => {
    const orderNumber = paid[2]?.orderNumber ?? "";
    app.sandbox.wechatPay.falsify([{ kind: "missing", orderNumber }]);
    const json = await reconciled();
    expect(openOf(json)).toEqual([["missing_in_bill", orderNumber, null, 105_000]]);
    expect(json.state.code).toBe("differing");
    const { advice, moves, id } = json.differences.find(
      ({ kind }: { kind: { code: string } }) => kind.code === "missing_in_bill",
    );
    expect(advice).toContain("商户平台");
    expect(moves).toEqual([{ action: "explain", label: "写明处理结果" }]);
    // In the next bill it is there: the difference is over by itself, and can no longer be explained.
    app.sandbox.wechatPay.falsify([]);
    expect(openOf(await reconciled())).toEqual([]);
    const late = await chief.ask(
      "POST",
      `/reconciliation-differences/${id}/moves`,
      { action: "explain", note: "已核对" },
      key(),
    );
    expect([late.status, late.json.code]).toEqual([409, "reconciliation.difference_closed"]);
  });

  it("a line too many, and one of another amount", async () => {
    const orderNumber = paid[3]?.orderNumber ?? "";
    app.sandbox.wechatPay.falsify([
      { kind: "amount", orderNumber, fen: 1 },
      { kind: "extra", fen: 777 },
    ]);
    const found = openOf(await reconciled());
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(["amount_differs", orderNumber, 105_001, 105_000]);
    expect(found).toContainEqual(["unknown_order", expect.stringContaining("EXTRA"), 777, null]);
    app.sandbox.wechatPay.falsify([]);
    expect(openOf(await reconciled())).toEqual([]);
  });

  it("an order of our own that our books have lost", async () => {
    const orderNumber = paid[4]?.orderNumber ?? "";
    const found = await planted(
      "UPDATE payment SET order_number = CONCAT('LOST', id), paid_at = paid_at - INTERVAL 40 DAY WHERE order_number = ?",
      `UPDATE payment SET order_number = ?, paid_at = paid_at + INTERVAL 40 DAY WHERE id = ${paid[4]?.id}`,
      [orderNumber],
    );
    expect(found).toEqual([["missing_with_us", orderNumber, 105_000, null]]);
  });

  it("a refund the bill does not have, one that we do not know, one of another amount, one nobody approved", async () => {
    const [first = "", second = ""] = refunds;
    const [row] = await rowsOf<{ number: string }>(app, "SELECT refund_number AS number FROM refund WHERE id = ?", [
      first,
    ]);
    const number = row?.number ?? "";
    expect(
      await planted(
        `UPDATE refund SET refund_number = CONCAT('X', refund_number) WHERE id = ?`,
        "UPDATE refund SET refund_number = SUBSTRING(refund_number, 2) WHERE id = ?",
        [first],
      ),
    ).toEqual(
      expect.arrayContaining([
        ["refund_unknown", number, 1_000, null],
        ["refund_missing", `X${number}`, null, 1_000],
      ]),
    );
    expect(
      await planted(
        "UPDATE refund SET amount_fen = 999 WHERE id = ?",
        "UPDATE refund SET amount_fen = 1000 WHERE id = ?",
        [first],
      ),
    ).toEqual([["refund_amount_differs", number, 1_000, 999]]);
    expect(
      await planted(
        "UPDATE refund SET state = 'rejected' WHERE id = ?",
        "UPDATE refund SET state = 'succeeded' WHERE id = ?",
        [second],
      ),
    ).toEqual([["refund_not_approved", expect.any(String), 1_000, 1_000]]);
    expect(openOf(await reconciled())).toEqual([]);
  });

  it("a difference is explained by a person, and stays explained", async () => {
    const orderNumber = paid[2]?.orderNumber ?? "";
    app.sandbox.wechatPay.falsify([{ kind: "missing", orderNumber }]);
    const { differences } = await reconciled();
    const { id } = differences.find(({ state }: { state: { code: string } }) => state.code === "open");
    const told = await chief.ask(
      "POST",
      `/reconciliation-differences/${id}/moves`,
      { action: "explain", note: "跨日，已核对" },
      key(),
    );
    expect(told.json, told.text).toMatchObject({ state: { code: "explained" }, note: "跨日，已核对", moves: [] });
    const again = await reconciled();
    expect(openOf(again)).toEqual([]);
    expect(again.state.code).toBe("matched");
    const listed = (await chief.ask("GET", "/reconciliations")).json.items;
    expect(listed[0]).toMatchObject({ day, differences: 0, state: { code: "matched" } });
    app.sandbox.wechatPay.falsify([]);
  });

  it("a bill that is not to be trusted, or not there yet, changes nothing", async () => {
    const before = await rowsOf(app, "SELECT * FROM reconciliation");
    for (const kind of ["hash", "summary", "cells", "creating"] as const) {
      app.sandbox.wechatPay.falsify([{ kind }]);
      expect((await chief.ask("POST", "/reconciliations", { day })).status, kind).toBe(503);
    }
    app.sandbox.wechatPay.falsify([]);
    expect(await rowsOf(app, "SELECT * FROM reconciliation")).toEqual(before);
    const early = await chief.ask("POST", "/reconciliations", { day: courtDayOf(app.clock.now()) });
    expect([early.status, early.json.code]).toEqual([422, "reconciliation.too_early"]);
  });

  it("that no bill came by the afternoon is told to people", async () => {
    app.clock.shiftMs += 86_400_000 + 4 * 3_600_000;
    app.sandbox.wechatPay.falsify([{ kind: "creating" }]);
    await reconcileDue(app);
    await reconcileDue(app);
    expect(await rowsOf(app, "SELECT id FROM payment_alarm WHERE kind = 'bill_unavailable'")).toHaveLength(1);
    app.sandbox.wechatPay.falsify([]);
    await reconcileDue(app);
    expect(await rowsOf(app, "SELECT day FROM reconciliation")).toHaveLength(2);
  });

  it("a refund over midnight counts for the day whose bill has it, whenever it ended", async () => {
    app.untilHour(23);
    app.clock.shiftMs += 57 * 60_000;
    day = courtDayOf(app.clock.now());
    const [noticeId = ""] = await noticesLike(app, model.noticeId, 1);
    const late = await order(await person(app, "王芳"), `/fee-notices/${noticeId}`);
    await payAndTell(app, late);
    const [desk, head] = [
      speaker(app, await signInStaff(app, model.clerk)),
      speaker(app, await signInStaff(app, chief)),
    ];
    const asked = await desk.ask("POST", `${late.path}/refunds`, { amountFen: 2_000, reason: "核减" }, key());
    await head.ask("POST", `/refunds/${asked.json.id}/moves`, { action: "approve" }, key());
    await app.settle();
    app.clock.shiftMs += 10 * 60_000;
    for (const { out_refund_no } of app.sandbox.wechatPay.refunds.values())
      app.sandbox.wechatPay.finishRefund(out_refund_no);
    await withOwner(app, (owner) => owner.query("UPDATE refund SET ask_at = requested_at WHERE state = 'processing'"));
    await sendRefunds(app);
    app.untilHour(11);
    chief = { ...chief, ...speaker(app, await signInStaff(app, chief)) };
    const first = await reconciled();
    expect(openOf(first)).toEqual([]);
    expect(first.bill).toEqual({ count: 2, paidFen: 105_000, refundedFen: 2_000 });
    expect(first.ours).toEqual(first.bill);
    // The day on which it ended has nothing of it, and misses nothing.
    app.pass(1);
    chief = { ...chief, ...speaker(app, await signInStaff(app, chief)) };
    day = addDays(day, 1);
    const second = await reconciled();
    expect(openOf(second)).toEqual([]);
    expect(second.ours).toEqual({ count: 0, paidFen: 0, refundedFen: 0 });
  });
});
