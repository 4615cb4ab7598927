import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { GatewayError } from "../gateway-error.ts";
import { DEMONSTRATION_MERCHANT as MERCHANT } from "./demonstration-merchant.ts";
import { PaymentAlreadyPaid, type PaymentOrder, PaymentRefused } from "./port.ts";
import { type WechatPaymentsConfig, wechatPayments } from "./wechat.ts";

const APP_ID = "wxsandbox0000000001";
const clock = { shiftMs: 0 };
const now = () => Date.now() + clock.shiftMs;
let sandbox: Sandbox;
let numbers = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, now });
});
afterAll(() => sandbox.stop());
afterEach(() => {
  clock.shiftMs = 0;
  sandbox.faults.clear();
  sandbox.wechatPay.falsify([]);
  sandbox.wechatPay.signer.switchTo("public_key");
});

const open: { stop(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.stop();
});

function driver(change: Partial<WechatPaymentsConfig> = {}) {
  const made = wechatPayments({
    baseUrl: `${sandbox.url}/wechat-pay`,
    mchId: MERCHANT.mchId,
    appId: APP_ID,
    serial: MERCHANT.serial,
    privateKey: MERCHANT.privateKey,
    apiV3Key: MERCHANT.apiV3Key,
    publicKey: { id: MERCHANT.publicKeyId, pem: MERCHANT.publicKey },
    notifyUrl: "http://127.0.0.1:9/api/v1/payments/wechat/notify",
    attempts: 2,
    totalMs: 1_000,
    now,
    ...change,
  });
  open.push(made);
  return made;
}

function order(change: Partial<PaymentOrder> = {}): PaymentOrder {
  return {
    orderNumber: `SF2026112200${String(++numbers).padStart(6, "0")}`,
    channel: "wechat_native",
    amountFen: 2_550,
    title: "诉讼费（2026）鲁0102民初1号",
    expiresAt: new Date(now() + 1_800_000),
    openid: null,
    clientIp: "127.0.0.1",
    ...change,
  };
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
    const paid = sandbox.wechatPay.pay(asked.orderNumber, { silent: true });
    const { headers, body } = sandbox.wechatPay.notice(asked.orderNumber);
    expect(payments.readNotice(headers, body)).toEqual({
      kind: "payment",
      fact: await payments.find(asked.orderNumber),
    });
    expect(paid.state).toBe("SUCCESS");
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
});
void [GatewayError, PaymentRefused, sleep];
