import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startApp, type TestApp } from "#test/app.ts";
import { acceptedCase } from "#test/fees.ts";
import { seedCourtsAndRules } from "#test/filings.ts";
import { bring, faultsInBooks, noticesLike, type Ordered, order } from "#test/payments.ts";
import { person } from "#test/people.ts";
import { askPayments } from "../../src/modules/payment/index.ts";
import { pooled, rowsOf, seeded, shuffled } from "./crowd.ts";
import { figure } from "./figure.ts";
import { paidOrders } from "./payment-storm.ts";

describe("notices that never come", () => {
  const { random } = seeded("lost notices");
  const ORDERS = 100;
  let app: TestApp;
  let orders: Ordered[];
  beforeAll(async () => {
    app = await startApp("lostnotices");
    orders = await paidOrders(app, ORDERS);
  }, 120_000);
  afterAll(() => app.stop());

  it("5 % never sent: the query job finds all of them in one cycle, though three workers run it", async () => {
    const lost = new Set(shuffled(orders, random).slice(0, ORDERS / 20));
    await pooled(
      orders.filter((one) => !lost.has(one)),
      8,
      ({ orderNumber }) => bring(app.origin, app.sandbox.wechatPay.notice(orderNumber)),
    );
    const unsettled = () => rowsOf<{ id: string }>(app, "SELECT id FROM payment WHERE state <> 'succeeded'");
    expect((await unsettled()).map(({ id }) => String(id)).sort()).toEqual([...lost].map(({ id }) => id).sort());
    const asks: string[] = [];
    const { peer } = app.sandbox.wechatPay;
    const handle = peer.handle.bind(peer);
    Object.assign(peer, {
      handle: (call: Parameters<typeof handle>[0]) => {
        asks.push(call.path);
        return handle(call);
      },
    });
    app.clock.shiftMs += 11_000;
    await Promise.all([askPayments(app), askPayments(app), askPayments(app)]);
    const missed = await unsettled();
    figure("G8", "never told of, found in one cycle", lost.size - missed.length, { of: lost.size, atLeast: lost.size });
    expect(missed).toEqual([]);
    // Each was asked about once, by one of them; nobody asked about what was settled.
    expect(asks.length).toBe(lost.size);
    expect(new Set(asks).size).toBe(lost.size);
    for (const later of [600_000, 3_600_000, 86_400_000]) {
      app.clock.shiftMs += later;
      await askPayments(app);
    }
    expect(asks.length).toBe(lost.size);
    expect(await faultsInBooks(app)).toEqual([]);
    expect(app.unexpected).toEqual([]);
  }, 60_000);
});

describe("20 % dropped, doubled, and out of order", () => {
  const { random } = seeded("unruly notices");
  const ORDERS = 60;
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp("unruly");
    await seedCourtsAndRules(app);
  });
  afterAll(() => app.stop());

  it("no payment is unsettled for longer than was promised when it was paid", async () => {
    const model = await acceptedCase(app, "王芳");
    const noticeIds = await noticesLike(app, model.noticeId, ORDERS);
    const begun = app.clock.now().getTime();
    const orders = await pooled(noticeIds, 4, (id) => order(model.owner, `/fee-notices/${id}`));
    // Each is paid at a moment of its own in the next 35 minutes; every fifth is never told of.
    const plans = shuffled(
      orders.map((one, at) => ({
        one,
        paysAt: begun + Math.floor(random() * 35 * 60_000),
        dropped: at % 5 === 0,
        copies: 1 + Math.floor(random() * 3),
        delay: Math.floor(random() * 30_000),
        promised: null as number | null,
        paid: false,
        told: false,
      })),
      random,
    );
    const late: string[] = [];
    let owner = model.owner;
    for (let tick = 0; tick < 42 * 6; tick += 1) {
      app.clock.shiftMs += 10_000;
      const now = app.clock.now().getTime();
      if (tick % 60 === 0) owner = await person(app, "王芳");
      for (const plan of plans) {
        if (!plan.paid && plan.paysAt <= now) {
          const { promisedAt } = (await owner.ask("GET", plan.one.path)).json;
          plan.promised = new Date(promisedAt).getTime();
          app.sandbox.wechatPay.pay(plan.one.orderNumber, { silent: true });
          plan.paid = true;
        }
        if (plan.paid && !plan.told && !plan.dropped && plan.paysAt + plan.delay <= now) {
          plan.told = true;
          const copies = Array.from({ length: plan.copies }, () => app.sandbox.wechatPay.notice(plan.one.orderNumber));
          await Promise.all(copies.map((copy) => bring(app.origin, copy)));
        }
      }
      await askPayments(app);
      const open = await rowsOf<{ id: string }>(
        app,
        "SELECT id FROM payment WHERE state NOT IN ('succeeded', 'closed')",
      );
      const ids = new Set(open.map(({ id }) => String(id)));
      for (const { one, promised, paid } of plans)
        if (paid && promised !== null && promised <= app.clock.now().getTime() && ids.has(one.id)) late.push(one.id);
    }
    expect(plans.filter(({ promised }) => promised !== null && Number.isFinite(promised))).toHaveLength(ORDERS);
    expect(late).toEqual([]);
    expect(await rowsOf(app, "SELECT id FROM payment WHERE state <> 'succeeded'")).toEqual([]);
    expect(await faultsInBooks(app)).toEqual([]);
  }, 120_000);
});
