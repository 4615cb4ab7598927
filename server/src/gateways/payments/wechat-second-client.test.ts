import { createRequire } from "node:module";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { PAY_APP_ID, payDriver, payOrder } from "#test/wechat-pay.ts";
import { DEMONSTRATION_MERCHANT as MERCHANT } from "./demonstration-merchant.ts";
import { publicKey } from "./wechat-keys.ts";
import { Signer } from "./wechat-sign.ts";
import { objectionTo } from "./wechat-verify.ts";

/** wechatpay-axios-plugin: other people's client. It shares no line with ours and none with the sandbox. */
interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown>;
}
const plugin = createRequire(import.meta.url)("wechatpay-axios-plugin") as {
  Decorator: { jsonBased(config: object): { request(config: object): Promise<Answer> } };
  Rsa: { sign(message: string, key: string): string; verify(message: string, signature: string, key: string): boolean };
  Formatter: {
    request(method: string, path: string, timestamp: string, nonce: string, body?: string): string;
    response(timestamp: string, nonce: string, body: string): string;
  };
};
const { Rsa, Formatter, Decorator } = plugin;

let sandbox: Sandbox;
let certificate: { serial: string; pem: string };
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  certificate = sandbox.wechatPay.signer.certificates()[0] as { serial: string; pem: string };
});
afterAll(() => sandbox.stop());

const client = (certs: Record<string, string> = { [MERCHANT.publicKeyId]: MERCHANT.publicKey }) =>
  Decorator.jsonBased({
    // It signs the whole path of its address, so it comes to the sandbox as to WeChat: nothing before /v3.
    baseURL: `${sandbox.url}/`,
    mchid: MERCHANT.mchId,
    serial: MERCHANT.serial,
    privateKey: MERCHANT.privateKey,
    certs,
  });

function body(orderNumber: string) {
  return {
    appid: PAY_APP_ID,
    mchid: MERCHANT.mchId,
    description: "诉讼费",
    out_trade_no: orderNumber,
    notify_url: "http://127.0.0.1:9/notify",
    amount: { total: 100 },
  };
}

it.each(["public_key", "certificate"] as const)(
  "the second client opens, sees, closes and gives back through the same peer, %s mode",
  async (mode) => {
    sandbox.wechatPay.signer.switchTo(mode);
    const certs = mode === "certificate" ? { [certificate.serial]: certificate.pem } : undefined;
    const second = client(certs);
    const { orderNumber } = payOrder();
    const opened = await second.request({ url: "v3/pay/transactions/native", method: "post", data: body(orderNumber) });
    expect(opened.data["code_url"]).toMatch(/^weixin:/);
    sandbox.wechatPay.pay(orderNumber, { silent: true });
    const seen = await second.request({
      url: `v3/pay/transactions/out-trade-no/${orderNumber}`,
      method: "get",
      params: { mchid: MERCHANT.mchId },
    });
    expect(seen.data["trade_state"]).toBe("SUCCESS");
    // Ours sees the same order through the same peer.
    const ours = payDriver(sandbox, mode === "certificate" ? { publicKey: null } : {});
    expect(await ours.find(orderNumber)).toMatchObject({
      state: "paid",
      transactionNumber: seen.data["transaction_id"],
    });
    ours.stop();
    const refund = {
      out_trade_no: orderNumber,
      out_refund_no: `${orderNumber}R`,
      amount: { refund: 1, total: 100, currency: "CNY" },
    };
    const returned = await second.request({ url: "v3/refund/domestic/refunds", method: "post", data: refund });
    expect(returned.data["status"]).toBe("PROCESSING");

    const idle = payOrder().orderNumber;
    await second.request({ url: "v3/pay/transactions/native", method: "post", data: body(idle) });
    const closed = await second.request({
      url: `v3/pay/transactions/out-trade-no/${idle}/close`,
      method: "post",
      data: { mchid: MERCHANT.mchId },
    });
    expect(closed.status).toBe(204);
  },
);

it("the second client refuses what ours refuses: an answer that is not signed, or wrongly", async () => {
  sandbox.wechatPay.signer.switchTo("public_key");
  for (const how of ["unsigned", "wrong", "other-body", "stranger", "old"] as const) {
    const { orderNumber } = payOrder();
    sandbox.wechatPay.spoil(how);
    await expect(
      client().request({ url: "v3/pay/transactions/native", method: "post", data: body(orderNumber) }),
      how,
    ).rejects.toMatchObject({ code: expect.stringMatching(/^EV3_/) });
  }
});

it("its signatures and ours verify each other, of requests and of notices", async () => {
  const signer = new Signer({
    mchId: MERCHANT.mchId,
    appId: PAY_APP_ID,
    serial: MERCHANT.serial,
    privateKey: MERCHANT.privateKey,
    now: Date.now,
  });
  const path = "/v3/pay/transactions/native";
  const data = { description: "诉讼费", amount: { total: 100 } };
  const authorization = signer.buildAuthorization("POST", `https://api.mch.weixin.qq.com${path}`, data);
  const fields = Object.fromEntries(
    [...authorization.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
  const message = Formatter.request(
    "POST",
    path,
    fields["timestamp"] ?? "",
    fields["nonce_str"] ?? "",
    JSON.stringify(data),
  );
  const merchantPublic = sandbox.wechatPay.keys.merchant.publicKey.export({ type: "spki", format: "pem" }) as string;
  expect(Rsa.verify(message, fields["signature"] ?? "", merchantPublic)).toBe(true);
  expect(Rsa.verify(`${message} `, fields["signature"] ?? "", merchantPublic)).toBe(false);
  // The same bytes, the same key: RSA of version 1.5 has one signature only.
  expect(Rsa.sign(message, MERCHANT.privateKey)).toBe(fields["signature"]);

  const sheet = signer.sheet("wx0123");
  expect(
    Rsa.verify(
      [PAY_APP_ID, sheet.timeStamp, sheet.nonceStr, sheet.package, ""].join("\n"),
      sheet.paySign,
      merchantPublic,
    ),
  ).toBe(true);

  const { orderNumber } = payOrder();
  await client().request({ url: "v3/pay/transactions/native", method: "post", data: body(orderNumber) });
  sandbox.wechatPay.pay(orderNumber, { silent: true });
  const notice = sandbox.wechatPay.notice(orderNumber);
  const [timestamp, nonce, signature] = ["timestamp", "nonce", "signature"].map((name) =>
    String(notice.headers[`wechatpay-${name}`]),
  ) as [string, string, string];
  expect(
    Rsa.verify(Formatter.response(timestamp, nonce, notice.body.toString("utf8")), signature, MERCHANT.publicKey),
  ).toBe(true);

  // And what the second client signs, ours verifies.
  const keys = publicKey("PUB_KEY_ID_OF_ITS_OWN", merchantPublic);
  const text = JSON.stringify({ id: "诉讼费" });
  const headers = {
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-serial": "PUB_KEY_ID_OF_ITS_OWN",
    "wechatpay-signature": Rsa.sign(Formatter.response(timestamp, nonce, text), MERCHANT.privateKey),
  };
  expect(objectionTo(headers, Buffer.from(text), keys, Date.now())).toBeNull();
  expect(objectionTo(headers, Buffer.from(`${text} `), keys, Date.now())).toEqual({
    reason: "signature is not of these bytes",
  });
});
