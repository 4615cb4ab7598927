import type { Sandbox } from "#sandbox/sandbox.ts";
import { DEMONSTRATION_MERCHANT as MERCHANT } from "../src/gateways/payments/demonstration-merchant.ts";
import type { PaymentOrder } from "../src/gateways/payments/port.ts";
import { type WechatPaymentsConfig, wechatPayments } from "../src/gateways/payments/wechat.ts";

export const PAY_APP_ID = "wxsandbox0000000001";
let orders = 0;

/** The real driver, of the demonstration's merchant, against the sandbox. Whoever makes it stops it. */
export function payDriver(sandbox: Sandbox, change: Partial<WechatPaymentsConfig> = {}) {
  return wechatPayments({
    baseUrl: `${sandbox.url}/wechat-pay`,
    mchId: MERCHANT.mchId,
    appId: PAY_APP_ID,
    serial: MERCHANT.serial,
    privateKey: MERCHANT.privateKey,
    apiV3Key: MERCHANT.apiV3Key,
    publicKey: { id: MERCHANT.publicKeyId, pem: MERCHANT.publicKey },
    notifyUrl: "http://127.0.0.1:9/api/v1/payments/wechat/notify",
    attempts: 1,
    totalMs: 1_000,
    ...change,
  });
}

/** An order of a number of its own. */
export function payOrder(change: Partial<PaymentOrder> = {}): PaymentOrder {
  return {
    orderNumber: `SF2026112200${String(++orders).padStart(6, "0")}`,
    channel: "wechat_native",
    amountFen: 2_550,
    title: "诉讼费（2026）鲁0102民初1号",
    expiresAt: new Date(Date.now() + 1_800_000),
    openid: null,
    clientIp: "127.0.0.1",
    ...change,
  };
}
