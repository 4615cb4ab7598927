import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payDriver, payOrder } from "#test/wechat-pay.ts";
import { type Sandbox, startSandbox } from "./sandbox.ts";

let sandbox: Sandbox;
let payments: ReturnType<typeof payDriver>;
/** Where notices come to, and what is answered to them. */
const merchant = { told: [] as { headers: IncomingHttpHeaders; body: Buffer }[], statuses: [] as number[] };
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  merchant.told.push({ headers: request.headers, body: Buffer.concat(chunks) });
  response.writeHead(merchant.statuses.shift() ?? 204).end();
});

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  payments = payDriver(sandbox, { notifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify` });
});
afterAll(async () => {
  payments.stop();
  server.close();
  await sandbox.stop();
});
afterEach(() => {
  sandbox.wechatPay.behave({});
  sandbox.wechatPay.release();
  merchant.told.length = 0;
  merchant.statuses.length = 0;
});

const heard = () => merchant.told.map(({ headers, body }) => payments.readNotice(headers, body).fact.orderNumber);
async function opened(change = {}): Promise<string> {
  const order = payOrder(change);
  await payments.open(order);
  return order.orderNumber;
}
async function control(what: string, body: object = {}) {
  const response = await fetch(`${sandbox.url}/control/wechat-pay/${what}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("notices", () => {
  it("come once for each payment and refund, sealed and signed, and again after what is no 2xx", async () => {
    const orderNumber = await opened();
    merchant.statuses.push(500);
    expect((await control("pay", { orderNumber })).status).toBe(200);
    await expect.poll(heard, { timeout: 30_000 }).toEqual([orderNumber, orderNumber]);
    const [first, second] = merchant.told.map(({ headers, body }) => [headers["wechatpay-nonce"], body.toString()]);
    expect(first?.[1]).toBe(second?.[1]);
    expect(first?.[0]).not.toBe(second?.[0]);

    await payments.refund({
      orderNumber,
      refundNumber: `${orderNumber}R`,
      refundFen: 5,
      totalFen: 2_550,
      reason: "多交",
    });
    await expect.poll(() => merchant.told.length).toBe(3);
    const [, , third] = merchant.told;
    expect(third && payments.readNotice(third.headers, third.body)).toMatchObject({
      kind: "refund",
      fact: { refundNumber: `${orderNumber}R`, state: "succeeded", amountFen: 5, totalFen: 2_550 },
    });
  });

  it("are never sent, sent many times, held and shuffled, as told", async () => {
    const orders = await Promise.all(Array.from({ length: 6 }, () => opened()));
    await control("manners", { quiet: 2, repeat: 3, hold: true, seed: 7 });
    for (const orderNumber of orders) sandbox.wechatPay.pay(orderNumber);
    expect((await control("release", { shuffle: true })).body).toEqual({ released: 12 });
    await expect.poll(() => merchant.told.length).toBe(12);
    expect(heard().sort()).toEqual(
      orders
        .slice(2)
        .flatMap((one) => [one, one, one])
        .sort(),
    );
    expect(heard()).not.toEqual(orders.slice(2).flatMap((one) => [one, one, one]));

    merchant.told.length = 0;
    await control("manners", { dropShare: 0.5, seed: 3 });
    const more = await Promise.all(Array.from({ length: 20 }, () => opened()));
    for (const orderNumber of more) sandbox.wechatPay.pay(orderNumber);
    await expect.poll(() => sandbox.wechatPay.deliveries.length).toBeGreaterThan(0);
    await new Promise((done) => setTimeout(done, 300));
    expect(merchant.told.length).toBeGreaterThan(3);
    expect(merchant.told.length).toBeLessThan(17);
  });

  it("are forged by name", async () => {
    const orderNumber = await opened();
    await control("pay", { orderNumber, silent: true });
    const { forgeries, mismatches } = (await control("forgeries")).body as Record<string, string[]>;
    expect(forgeries?.length).toBeGreaterThanOrEqual(32);
    expect(mismatches?.length).toBeGreaterThanOrEqual(3);
    expect((await control("forge", { orderNumber, kind: "tag cut" })).body).toMatchObject({ status: 204 });
    expect(merchant.told).toHaveLength(1);
    expect(() => heard()).toThrow(/seal is broken/);
    expect((await control("forge", { orderNumber, kind: "no such" })).status).toBe(404);
  });
});

describe("the payer's page", () => {
  const back = "https://susong.example.cn/h5/#/pay?a=1&b=2";
  async function sheet(): Promise<{ orderNumber: string; url: string }> {
    const order = payOrder({ channel: "wechat_h5" });
    const opening = await payments.open(order);
    if (opening.channel !== "wechat_h5") throw new Error("another channel");
    return { orderNumber: order.orderNumber, url: `${opening.h5Url}&redirect_url=${encodeURIComponent(back)}` };
  }
  const press = (url: string, answer: string) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ answer, redirect_url: back }), redirect: "manual" });

  it("says who asks for how much, and pays when asked to", async () => {
    const { orderNumber, url } = await sheet();
    const page = await fetch(url);
    const text = await page.text();
    expect(text).toContain("诉通演示法院");
    expect(text).toContain("25.50");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(text).not.toContain("<script");
    expect(await (await press(url, "cancel")).text()).toContain("已取消");
    expect((await payments.find(orderNumber))?.state).toBe("unpaid");
    const done = await (await press(url, "pay")).text();
    expect(done).toContain("支付成功");
    expect(done).toContain(`content="2;url=https://susong.example.cn/h5/#/pay?a=1&#38;b=2"`);
    expect((await payments.find(orderNumber))?.state).toBe("paid");
    expect(await (await press(url, "pay")).text()).toContain("不用再付");
    expect(heard()).toEqual([orderNumber]);
  });

  it("opens a scanned code, says when the order is over, and never goes where a script would run", async () => {
    const order = payOrder({ title: "<script>alert(1)</script>" });
    const opening = await payments.open(order);
    if (opening.channel !== "wechat_native") throw new Error("another channel");
    const url = `${sandbox.url}/wechat-pay/scan?code=${encodeURIComponent(opening.codeUrl)}&redirect_url=javascript:alert(1)`;
    const text = await (await fetch(url)).text();
    expect(text).toContain("&#60;script&#62;");
    expect(text).not.toMatch(/<script|(href|value)="javascript:|;url=javascript:/);
    await payments.close(order.orderNumber);
    expect(await (await press(url, "pay")).text()).toContain("订单已关闭");
    expect((await fetch(`${sandbox.url}/wechat-pay/h5?prepay_id=wx0`)).status).toBe(400);
  });
});

describe("a merchant's request", () => {
  it("is turned away twice with one nonce, and with any part of it bent", async () => {
    const { Signer } = await import("../src/gateways/payments/wechat-sign.ts");
    const { DEMONSTRATION_MERCHANT: own } = await import("../src/gateways/payments/demonstration-merchant.ts");
    const signer = new Signer({ ...own, appId: "wxsandbox0000000001", now: Date.now });
    const path = `/v3/pay/transactions/out-trade-no/SF2026000000?mchid=${own.mchId}`;
    const ask = async (authorization: string, target = path) => {
      const response = await fetch(`${sandbox.url}/wechat-pay${target}`, {
        headers: { authorization, accept: "application/json", "user-agent": "test" },
      });
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    const signed = () => signer.buildAuthorization("GET", `https://api.mch.weixin.qq.com${path}`);
    const once = signed();
    expect(await ask(once)).toEqual([404, "ORDER_NOT_EXIST"]);
    expect(await ask(once)).toEqual([401, "SIGN_ERROR"]);
    for (const bent of [
      "",
      signed().replace("WECHATPAY2-SHA256-RSA2048", "WECHATPAY2-SM2-WITH-SM3"),
      signed().replace(own.mchId, "1900000002"),
      signed().replace(own.serial, "0".repeat(40)),
      signed().replace(/timestamp="(\d+)"/, (_, at: string) => `timestamp="${Number(at) - 301}"`),
      signed().replace(/nonce_str="../, 'nonce_str="zz'),
      signed().replace(/signature="../, 'signature="AA'),
      `${signed()},mchid="${own.mchId}"`,
    ])
      expect(await ask(bent), bent).toEqual([401, "SIGN_ERROR"]);
    expect(await ask(signed(), `${path}&x=1`)).toEqual([401, "SIGN_ERROR"]);
  });
});

it("a demonstration that was stopped finds its payments and refunds again", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sutong-pay-"));
  const payFile = join(folder, "orders.json");
  const first = await startSandbox({ port: 0, payFile });
  const driver = payDriver(first);
  const order = payOrder();
  await driver.open(order);
  first.wechatPay.pay(order.orderNumber, { silent: true });
  await driver.refund({
    ...order,
    refundNumber: `${order.orderNumber}R`,
    refundFen: 5,
    totalFen: 2_550,
    reason: "多交",
  });
  const before = await driver.find(order.orderNumber);
  driver.stop();
  await first.stop();

  const second = await startSandbox({ port: 0, payFile });
  const again = payDriver(second);
  expect(await again.find(order.orderNumber)).toEqual(before);
  await expect.poll(async () => (await again.findRefund(`${order.orderNumber}R`))?.state).toBe("succeeded");
  again.stop();
  await second.stop();
  rmSync(folder, { recursive: true });
});
