import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { key, seedCourtsAndRules } from "#test/filings.ts";
import { bring, faultsInBooks, noticesLike, order } from "#test/payments.ts";
import { rowsOf } from "./crowd.ts";
import { figure } from "./figure.ts";
import { failNthCall, type NthCall } from "./nth-call.ts";

/** G24: the first, second, … statement or outward call fails, until the flow goes through untouched. */
describe("the n-th call fails", () => {
  let app: TestApp;
  let model: AcceptedCase;
  let nthCall: NthCall;

  beforeAll(async () => {
    app = await startApp("paymentfaults");
    await seedCourtsAndRules(app);
    model = await acceptedCase(app, "王芳");
    nthCall = failNthCall(app);
  }, 120_000);
  afterAll(async () => {
    vi.restoreAllMocks();
    await app.stop();
  });

  it("settling: all of it or none, and the next copy settles it", async () => {
    const noticeIds = await noticesLike(app, model.noticeId, 80);
    let at = 0;
    let halves = 0;
    const made = await nthCall.failing({
      async prepare() {
        const one = await order(model.owner, `/fee-notices/${noticeIds[at++]}`);
        app.sandbox.wechatPay.pay(one.orderNumber, { silent: true });
        return one;
      },
      async flow({ orderNumber }) {
        const { status } = await bring(app.origin, app.sandbox.wechatPay.notice(orderNumber));
        expect([204, 500, 503]).toContain(status);
        return status === 204;
      },
      async check({ id, orderNumber }, went) {
        const [row] = await rowsOf<{ state: string }>(app, "SELECT state FROM payment WHERE id = ?", [id]);
        const faults = await faultsInBooks(app);
        if (faults.length > 0 || row?.state !== (went ? "succeeded" : "processing")) halves += 1;
        expect([row?.state, faults]).toEqual([went ? "succeeded" : "processing", []]);
        const again = await bring(app.origin, app.sandbox.wechatPay.notice(orderNumber));
        expect(again.status).toBe(204);
        expect(await faultsInBooks(app)).toEqual([]);
      },
    });
    figure("G24", "settle: calls failed", made, { atLeast: 5 });
    figure("G24", "settle: half states", halves, { atMost: 0 });
    expect(made).toBeGreaterThan(0);
    expect(await rowsOf(app, "SELECT id FROM payment WHERE state <> 'succeeded'")).toEqual([]);
  }, 240_000);

  it("ordering: never two orders, never one at WeChat that we do not know", async () => {
    const noticeIds = await noticesLike(app, model.noticeId, 120);
    let at = 0;
    let halves = 0;
    const ask = ({ noticeId, once }: { noticeId: string; once: Record<string, string> }) =>
      model.owner.ask("POST", `/fee-notices/${noticeId}/payments`, { channel: "wechat_native" }, once);
    const made = await nthCall.failing({
      prepare: async () => ({ noticeId: noticeIds[at++] as string, once: key() }),
      async flow(given) {
        const { status } = await ask(given);
        expect([201, 500, 503]).toContain(status);
        return status === 201;
      },
      async check(given) {
        const rows = await rowsOf<{ number: string; noticeId: string }>(
          app,
          "SELECT order_number AS number, notice_id AS noticeId FROM payment",
        );
        const known = rows.filter(({ noticeId }) => String(noticeId) === given.noticeId);
        const unknown = [...app.sandbox.wechatPay.orders.keys()].filter(
          (number) => !rows.some((row) => row.number === number),
        );
        if (unknown.length > 0 || known.length > 1) halves += 1;
        expect([unknown, known.length <= 1]).toEqual([[], true]);
        // The same request again comes to the one order.
        const again = await ask(given);
        expect(again.status, again.text).toBe(201);
        const orders = await rowsOf<{ number: string }>(
          app,
          "SELECT order_number AS number FROM payment WHERE notice_id = ?",
          [given.noticeId],
        );
        expect(orders.map(({ number }) => number)).toEqual([again.json.payment.orderNumber]);
      },
    });
    figure("G24", "order: calls failed", made, { atLeast: 5 });
    figure("G24", "order: half states", halves, { atMost: 0 });
    expect(made).toBeGreaterThan(0);
  }, 240_000);
});
