import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { payOrder as order, payDriver } from "#test/wechat-pay.ts";
import { GatewayError, PaymentRefused } from "./port.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.faults.clear());

describe("what WeChat answers", () => {
  it.each(["unsigned", "wrong", "stranger", "other-body", "old"] as const)(
    "is not believed when it is %s",
    async (how) => {
      const payments = payDriver(sandbox);
      const [asked, refund] = [order(), order()];
      await payments.open(asked);
      await payments.open(refund);
      sandbox.wechatPay.pay(refund.orderNumber, { silent: true });
      const calls = [
        () => payments.open(order()),
        () => payments.find(asked.orderNumber),
        // 204 without a body is signed, too.
        () => payments.close(asked.orderNumber),
        () =>
          payments.refund({
            orderNumber: refund.orderNumber,
            refundNumber: `${refund.orderNumber}R`,
            refundFen: 1,
            totalFen: refund.amountFen,
            reason: "多交",
          }),
      ];
      for (const call of calls) {
        sandbox.wechatPay.spoil(how);
        const failure = await call().then(
          () => "believed",
          (error: unknown) => error,
        );
        expect(failure).toBeInstanceOf(GatewayError);
        expect((failure as GatewayError).what).toMatch(/^answer refused: /);
      }
    },
  );

  it("as a refusal is believed without a signature, and not with a wrong one", async () => {
    const payments = payDriver(sandbox);
    sandbox.wechatPay.spoil("unsigned");
    expect(await payments.find("SF2026000000")).toBeNull();
    sandbox.wechatPay.spoil("other-body");
    await expect(payments.find("SF2026000000")).rejects.toMatchObject({
      what: expect.stringMatching(/^answer refused/),
    });
  });

  it("is looked at for whose order it is", async () => {
    const payments = payDriver(sandbox);
    const asked = order();
    await payments.open(asked);
    const standing = sandbox.wechatPay.orders.get(asked.orderNumber);
    if (!standing) throw new Error("no order");
    sandbox.wechatPay.orders.set("SF2026OTHER1", standing);
    await expect(payments.find("SF2026OTHER1")).rejects.toMatchObject({ what: "answered for another order" });
  });
});

describe("a refusal", () => {
  it.each([
    ["PARAM_ERROR", { amountFen: 10_000_000_001 }],
    ["PARAM_ERROR", { expiresAt: new Date(0) }],
    ["PARAM_ERROR", { title: "" }],
    ["PARAM_ERROR", { channel: "wechat_h5", clientIp: "nowhere" }],
  ] as const)("%s comes with WeChat's word", async (refusal, change) => {
    await expect(payDriver(sandbox).open(order(change))).rejects.toMatchObject({ refusal });
  });

  it("of another order under the same number, another application, more than was paid, an empty purse", async () => {
    const payments = payDriver(sandbox);
    const asked = order();
    await payments.open(asked);
    await expect(payments.open({ ...asked, amountFen: 1 })).rejects.toMatchObject({ refusal: "OUT_TRADE_NO_USED" });
    await expect(payDriver(sandbox, { appId: "wxother" }).open(order())).rejects.toMatchObject({
      refusal: "APPID_MCHID_NOT_MATCH",
    });
    const refund = {
      orderNumber: asked.orderNumber,
      refundNumber: `${asked.orderNumber}R`,
      refundFen: 100,
      totalFen: 2_550,
      reason: "多交",
    };
    await expect(payments.refund(refund)).rejects.toMatchObject({ refusal: "INVALID_REQUEST" });
    await expect(payments.refund({ ...refund, orderNumber: "SF2026NOBODY" })).rejects.toMatchObject({
      refusal: "RESOURCE_NOT_EXISTS",
    });
    sandbox.wechatPay.pay(asked.orderNumber, { silent: true });
    sandbox.wechatPay.purse.left = 99;
    await expect(payments.refund(refund)).rejects.toMatchObject({ refusal: "NOT_ENOUGH" });
    sandbox.wechatPay.purse.left = Number.POSITIVE_INFINITY;
    await expect(payments.refund({ ...refund, totalFen: 2_549 })).rejects.toMatchObject({ refusal: "INVALID_REQUEST" });
    await payments.refund(refund);
    await expect(payments.refund({ ...refund, refundFen: 99 })).rejects.toMatchObject({ refusal: "INVALID_REQUEST" });
    await expect(
      payments.refund({ ...refund, refundNumber: `${asked.orderNumber}S`, refundFen: 2_451 }),
    ).rejects.toBeInstanceOf(PaymentRefused);
  });

  it("of our own keys is a fault of ours, not of the order", async () => {
    const { privateKey } = (await import("node:crypto")).generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    for (const change of [
      { privateKey },
      { serial: "0".repeat(40) },
      { mchId: "1900000009" },
      { now: () => Date.now() - 301_000 },
    ]) {
      const failure = await payDriver(sandbox, change)
        .find("SF2026000000")
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ what: "answered 401 SIGN_ERROR" });
      expect(failure).not.toBeInstanceOf(PaymentRefused);
    }
  });

  it("of ours comes before WeChat is asked", async () => {
    const payments = payDriver(sandbox);
    for (const number of ["../../certificates", "SF?x=1", "SF/close", "short", "a".repeat(33), "SF2026\n"])
      await expect(payments.find(number), number).rejects.toBeInstanceOf(TypeError);
    for (const amountFen of [0, -1, 0.5, Number.NaN, 2 ** 53])
      await expect(payments.open(order({ amountFen })), String(amountFen)).rejects.toBeInstanceOf(TypeError);
    await expect(payments.open(order({ channel: "wechat_jsapi" }))).rejects.toBeInstanceOf(TypeError);
  });
});

describe("a WeChat that fails", () => {
  it("is asked again with a signature of its own, and the order is there once", async () => {
    const payments = payDriver(sandbox, { attempts: 3 });
    for (const fault of [{ status: 502 }, { lose: "after" }, { lose: "before" }, { delayMs: 1_500 }] as const) {
      const asked = order();
      const before = sandbox.wechatPay.orders.size;
      sandbox.faults.set("wechat-pay", fault);
      expect(await payments.open(asked)).toMatchObject({ channel: "wechat_native" });
      expect(sandbox.wechatPay.orders.size - before, JSON.stringify(fault)).toBe(1);
    }
  });

  it("gives one refund where its answer was lost", async () => {
    const payments = payDriver(sandbox, { attempts: 3 });
    const asked = order();
    await payments.open(asked);
    sandbox.wechatPay.pay(asked.orderNumber, { silent: true });
    sandbox.faults.set("wechat-pay", { lose: "after" });
    const refundNumber = `${asked.orderNumber}R`;
    await payments.refund({
      orderNumber: asked.orderNumber,
      refundNumber,
      refundFen: 2_550,
      totalFen: 2_550,
      reason: "重复支付",
    });
    expect(
      [...sandbox.wechatPay.refunds.values()].filter((one) => one.order.out_trade_no === asked.orderNumber),
    ).toHaveLength(1);
  });

  it("is left alone after five failures, and answers are within their time", async () => {
    const payments = payDriver(sandbox, { totalMs: 200 });
    sandbox.faults.set("wechat-pay", { delayMs: 5_000, times: 5 });
    for (let asked = 0; asked < 5; asked++) {
      const from = performance.now();
      await expect(payments.find("SF2026000000")).rejects.toMatchObject({ what: "took too long to answer" });
      expect(performance.now() - from).toBeLessThan(4_500);
    }
    await expect(payments.find("SF2026000000")).rejects.toMatchObject({ what: "circuit is open" });
  });

  it("is not followed elsewhere for its bill", async () => {
    let calls = 0;
    const stranger = await listening((_, response) => {
      calls++;
      response.end();
    });
    const payments = payDriver(sandbox);
    const asked = order();
    await payments.open(asked);
    sandbox.wechatPay.pay(asked.orderNumber, { silent: true });
    const paid = sandbox.wechatPay.orders.get(asked.orderNumber);
    if (paid) paid.paidAt = Date.now() - 86_400_000;
    const day = new Date(Date.now() - 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
    sandbox.wechatPay.falsify([{ kind: "elsewhere", url: stranger.url }]);
    await expect(payments.bill(day)).rejects.toMatchObject({ what: "keeps the bill at a stranger's" });
    expect(calls).toBe(0);
    sandbox.wechatPay.falsify([]);
    stranger.close();
  });
});

async function listening(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
