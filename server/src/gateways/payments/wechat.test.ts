import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { payOrder as order, payDriver } from "#test/wechat-pay.ts";
import { PaymentAlreadyPaid } from "./port.ts";
import type { WechatPaymentsConfig } from "./wechat.ts";

let sandbox: Sandbox;
const made: { stop(): void }[] = [];
const clock = { shiftMs: 0 };
const now = () => Date.now() + clock.shiftMs;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now });
});
afterAll(() => sandbox.stop());
afterEach(() => {
  clock.shiftMs = 0;
  for (const one of made.splice(0)) one.stop();
});

function driver(change: Partial<WechatPaymentsConfig> = {}) {
  const payments = payDriver(sandbox, { now, ...change });
  made.push(payments);
  return payments;
}

const MODES = ["public_key", "certificate"] as const;
describe.each(MODES)("WeChat Pay, %s mode", (mode) => {
  const inMode = (change: Partial<WechatPaymentsConfig> = {}) => {
    sandbox.wechatPay.signer.switchTo(mode);
    return driver(mode === "certificate" ? { publicKey: null, ...change } : change);
  };

  it("opens an order in each channel, and the same number is the same order", async () => {
    const payments = inMode();
    const native = order();
    const first = await payments.open(native);
    expect(first).toEqual({
      channel: "wechat_native",
      codeUrl: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=/),
    });
    expect(await payments.open(native)).toEqual(first);
    expect(await payments.open(order({ channel: "wechat_h5" }))).toMatchObject({
      h5Url: expect.stringContaining("prepay_id=wx"),
    });
    const jsapi = await payments.open(order({ channel: "wechat_jsapi", openid: "oPayer" }));
    expect(jsapi).toEqual({ channel: "wechat_jsapi", prepayId: expect.stringMatching(/^wx[0-9a-f]{34}$/) });
  });

  it("sees an order unpaid, paid, given back in part and in full", async () => {
    const payments = inMode();
    const asked = order();
    await payments.open(asked);
    expect(await payments.find(asked.orderNumber)).toEqual({
      orderNumber: asked.orderNumber,
      transactionNumber: null,
      state: "unpaid",
      amountFen: 2_550,
      currency: "CNY",
      paidAt: null,
    });
    const paid = sandbox.wechatPay.pay(asked.orderNumber, { silent: true });
    const fact = await payments.find(asked.orderNumber);
    expect(fact).toMatchObject({ state: "paid", amountFen: 2_550, transactionNumber: paid.transactionId });
    expect(fact?.paidAt?.getTime()).toBe(paid.paidAt);
    await expect(payments.close(asked.orderNumber)).rejects.toBeInstanceOf(PaymentAlreadyPaid);
    await expect(payments.open(asked)).rejects.toBeInstanceOf(PaymentAlreadyPaid);

    const refund = {
      orderNumber: asked.orderNumber,
      refundNumber: `${asked.orderNumber}R1`,
      refundFen: 1_000,
      totalFen: 2_550,
      reason: "减半",
    };
    expect(await payments.refund(refund)).toMatchObject({ state: "processing", amountFen: 1_000, totalFen: 2_550 });
    expect((await payments.refund(refund)).refundId).toBe((await payments.findRefund(refund.refundNumber))?.refundId);
    await expect.poll(async () => (await payments.findRefund(refund.refundNumber))?.state).toBe("succeeded");
    expect((await payments.findRefund(refund.refundNumber))?.succeededAt).toBeInstanceOf(Date);
    expect((await payments.find(asked.orderNumber))?.state).toBe("refunded");
    await expect(
      payments.refund({ ...refund, refundNumber: `${asked.orderNumber}R2`, refundFen: 1_551 }),
    ).rejects.toMatchObject({ refusal: "INVALID_REQUEST" });
  });

  it("reads a genuine notice of a payment and of a refund", async () => {
    const payments = inMode();
    const asked = order();
    await payments.open(asked);
    sandbox.wechatPay.pay(asked.orderNumber, { silent: true });
    const { headers, body } = sandbox.wechatPay.notice(asked.orderNumber);
    expect(payments.readNotice(headers, body)).toEqual({
      kind: "payment",
      fact: await payments.find(asked.orderNumber),
    });
    const refundNumber = `${asked.orderNumber}R1`;
    await payments.refund({
      orderNumber: asked.orderNumber,
      refundNumber,
      refundFen: 1,
      totalFen: 2_550,
      reason: "多交",
    });
    await expect.poll(async () => (await payments.findRefund(refundNumber))?.state).toBe("succeeded");
    const told = sandbox.wechatPay.refundNotice(refundNumber);
    expect(payments.readNotice(told.headers, told.body)).toEqual({
      kind: "refund",
      fact: await payments.findRefund(refundNumber),
    });
  });

  it("closes what nobody paid, again and again, and what WeChat never saw", async () => {
    const payments = inMode();
    const asked = order();
    expect(await payments.find(asked.orderNumber)).toBeNull();
    await payments.close(asked.orderNumber);
    await payments.open(asked);
    await payments.close(asked.orderNumber);
    await payments.close(asked.orderNumber);
    expect((await payments.find(asked.orderNumber))?.state).toBe("closed");
    await expect(payments.open(asked)).rejects.toMatchObject({ refusal: "ORDER_CLOSED" });
    expect(await payments.findRefund(asked.orderNumber)).toBeNull();
  });

  it("tells of a payer who is at it, who failed, and of an order whose time is over", async () => {
    const payments = inMode();
    const asked = order();
    await payments.open(asked);
    sandbox.wechatPay.leave(asked.orderNumber, "USERPAYING");
    expect((await payments.find(asked.orderNumber))?.state).toBe("paying");
    await expect(payments.close(asked.orderNumber)).rejects.toMatchObject({ what: "answered 202 USERPAYING" });
    sandbox.wechatPay.leave(asked.orderNumber, "PAYERROR");
    expect((await payments.find(asked.orderNumber))?.state).toBe("failed");
    const late = order();
    await payments.open(late);
    clock.shiftMs = 1_801_000;
    expect((await payments.find(late.orderNumber))?.state).toBe("closed");
  });

  it("makes sheets that the payer's phone takes, and none that it does not", async () => {
    const payments = inMode();
    const asked = order({ channel: "wechat_jsapi", openid: "oPayer" });
    const opening = await payments.open(asked);
    if (opening.channel !== "wechat_jsapi") throw new Error("another channel");
    const sheet = payments.sheet(opening.prepayId);
    const pay = async (change: object) => {
      const response = await fetch(`${sandbox.url}/wechat-pay/jsapi/pay`, {
        method: "POST",
        body: JSON.stringify({ appId: "wxsandbox0000000001", ...sheet, ...change }),
      });
      return ((await response.json()) as { errMsg: string }).errMsg;
    };
    for (const change of [
      { nonceStr: "other" },
      { package: `${sheet.package}0` },
      { signType: "MD5" },
      { paySign: "" },
    ])
      expect(await pay(change)).toMatch(/^requestPayment:fail /);
    expect(await pay({ openid: "oOther" })).toMatch(/^requestPayment:fail /);
    expect((await payments.find(asked.orderNumber))?.state).toBe("unpaid");
    expect(await pay({ openid: "oPayer" })).toBe("requestPayment:ok");
    expect((await payments.find(asked.orderNumber))?.state).toBe("paid");
    expect(payments.sheet(opening.prepayId).nonceStr).not.toBe(sheet.nonceStr);
  });
});

describe("platform certificates", () => {
  it("are fetched once for many calls at a time, and a new one is learnt by an answer, never by a notice", async () => {
    sandbox.wechatPay.signer.switchTo("certificate");
    const payments = driver({ publicKey: null });
    const [first, second] = [order(), order()];
    await Promise.all([payments.open(first), payments.open(second)]);
    sandbox.wechatPay.pay(first.orderNumber, { silent: true });
    const before = sandbox.wechatPay.notice(first.orderNumber);

    sandbox.wechatPay.signer.rotate();
    const after = sandbox.wechatPay.notice(first.orderNumber);
    expect(() => payments.readNotice(after.headers, after.body)).toThrow(/unknown or expired key/);
    expect(() => payments.readNotice(after.headers, after.body)).toThrow(/unknown or expired key/);
    await payments.find(first.orderNumber);
    expect(payments.readNotice(after.headers, after.body).kind).toBe("payment");
    // The old one is still on WeChat's list; then it is not, and then it is nobody's.
    expect(payments.readNotice(before.headers, before.body).kind).toBe("payment");
    sandbox.wechatPay.signer.rotate({ drop: true });
    await payments.find(first.orderNumber);
    expect(() => payments.readNotice(before.headers, before.body)).toThrow(/unknown or expired key/);
  });

  it("are refused where they were not sealed for us, or the answer is signed by none of them", async () => {
    sandbox.wechatPay.signer.switchTo("certificate");
    await expect(driver({ publicKey: null, apiV3Key: "x".repeat(32) }).find("SF20261122")).rejects.toMatchObject({
      what: "answered certificates that are not sealed for us",
    });
    sandbox.wechatPay.spoil("wrong");
    await expect(driver({ publicKey: null }).find("SF20261122")).rejects.toMatchObject({
      what: expect.stringMatching(/^certificates refused/),
    });
  });

  it("are not to be had of a WeChat that has gone over to its public key", async () => {
    sandbox.wechatPay.signer.switchTo("public_key");
    await expect(driver({ publicKey: null }).find("SF20261122")).rejects.toMatchObject({
      what: "answered 404 for its certificates",
    });
  });
});
