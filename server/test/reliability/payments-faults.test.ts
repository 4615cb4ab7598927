import { Sequelize } from "sequelize";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { type AcceptedCase, acceptedCase } from "#test/fees.ts";
import { key, seedCourtsAndRules } from "#test/filings.ts";
import { bring, faultsInBooks, noticesLike, order } from "#test/payments.ts";
import { rowsOf } from "./crowd.ts";

/** G24: the first, second, … statement or outward call fails, until the flow goes through untouched. */
describe("the n-th call fails", () => {
  let app: TestApp;
  let model: AcceptedCase;
  let failAt = 0;
  let calls = 0;

  const count = (what: string): void => {
    calls += 1;
    if (calls === failAt) throw Object.assign(new Error(`planted: ${what}`), { code: "PLANTED" });
  };
  beforeAll(async () => {
    app = await startApp("paymentfaults");
    await seedCourtsAndRules(app);
    model = await acceptedCase(app, "王芳");
    const { payments } = app.gateways;
    for (const name of ["open", "find", "close"] as const) {
      const call = payments[name].bind(payments) as (...given: unknown[]) => Promise<unknown>;
      vi.spyOn(payments, name).mockImplementation((async (...given: unknown[]) => {
        if (failAt > 0) count(name);
        return call(...given);
      }) as never);
    }
    const query = Sequelize.prototype.query;
    vi.spyOn(Sequelize.prototype, "query").mockImplementation(async function (this: Sequelize, ...given: unknown[]) {
      if (failAt > 0) count(String((given[0] as { query?: string })?.query ?? given[0]).slice(0, 60));
      return query.apply(this, given as never);
    } as never);
  }, 120_000);
  afterEach(() => {
    failAt = 0;
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await app.stop();
  });

  /** Runs the flow with its first call failing, then its second, …; gives how many calls the untouched flow made. */
  async function failing(flow: () => Promise<boolean>, check: (went: boolean) => Promise<void>): Promise<number> {
    for (let nth = 1; nth < 200; nth += 1) {
      failAt = nth;
      calls = 0;
      const went = await flow();
      const touched = calls >= nth;
      failAt = 0;
      await check(went);
      if (!touched) {
        expect(went).toBe(true);
        return nth - 1;
      }
    }
    throw new Error("the flow never went through");
  }

  it("settling: all of it or none, and the next copy settles it", async () => {
    const noticeIds = await noticesLike(app, model.noticeId, 80);
    let at = 0;
    let one = { id: "", orderNumber: "" };
    const flow = async (): Promise<boolean> => {
      const keep = failAt;
      failAt = 0;
      one = await order(model.owner, `/fee-notices/${noticeIds[at++]}`);
      app.sandbox.wechatPay.pay(one.orderNumber, { silent: true });
      failAt = keep;
      calls = 0;
      const { status } = await bring(app.origin, app.sandbox.wechatPay.notice(one.orderNumber));
      expect([204, 500, 503]).toContain(status);
      return status === 204;
    };
    const made = await failing(flow, async (went) => {
      const [row] = await rowsOf<{ state: string }>(app, "SELECT state FROM payment WHERE id = ?", [one.id]);
      expect(row?.state).toBe(went ? "succeeded" : "processing");
      expect(await faultsInBooks(app)).toEqual([]);
      const again = await bring(app.origin, app.sandbox.wechatPay.notice(one.orderNumber));
      expect(again.status).toBe(204);
      expect(await faultsInBooks(app)).toEqual([]);
    });
    process.stdout.write(`settle: ${made} calls, each failed once\n`);
    expect(made).toBeGreaterThan(10);
    expect(await rowsOf(app, "SELECT id FROM payment WHERE state <> 'succeeded'")).toEqual([]);
  }, 240_000);

  it("ordering: never two orders, never one at WeChat that we do not know", async () => {
    const noticeIds = await noticesLike(app, model.noticeId, 120);
    let at = 0;
    let noticeId = "";
    let once = key();
    const flow = async (): Promise<boolean> => {
      noticeId = noticeIds[at++] as string;
      once = key();
      const { status } = await model.owner.ask(
        "POST",
        `/fee-notices/${noticeId}/payments`,
        { channel: "wechat_native" },
        once,
      );
      expect([201, 500, 503]).toContain(status);
      return status === 201;
    };
    const made = await failing(flow, async () => {
      const known = () =>
        rowsOf<{ number: string }>(app, "SELECT order_number AS number FROM payment WHERE notice_id = ?", [noticeId]);
      const numbers = new Set(
        (await rowsOf<{ number: string }>(app, "SELECT order_number AS number FROM payment")).map(
          ({ number }) => number,
        ),
      );
      for (const number of app.sandbox.wechatPay.orders.keys()) expect(numbers.has(number)).toBe(true);
      expect((await known()).length).toBeLessThanOrEqual(1);
      // The same request again comes to the one order.
      const again = await model.owner.ask(
        "POST",
        `/fee-notices/${noticeId}/payments`,
        { channel: "wechat_native" },
        once,
      );
      expect(again.status, again.text).toBe(201);
      expect((await known()).map(({ number }) => number)).toEqual([again.json.payment.orderNumber]);
    });
    process.stdout.write(`order: ${made} calls, each failed once\n`);
    expect(made).toBeGreaterThan(10);
  }, 240_000);
});
