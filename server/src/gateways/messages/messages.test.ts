import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "#sandbox/sandbox.ts";
import { signTencent } from "../tencent-signature.ts";
import { aliyunSms } from "./aliyun.ts";
import { signAliyun } from "./aliyun-signature.ts";
import { openMessages } from "./open.ts";
import { GatewayError, MessageNotSent, type MessageProvider, type OutgoingMessage } from "./port.ts";
import { smtpMail } from "./smtp.ts";
import { tencentSms } from "./tencent.ts";
import { wechatSubscribe } from "./wechat-subscribe.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
afterAll(() => sandbox.stop());
afterEach(() => sandbox.faults.clear());

const require = createRequire(import.meta.url);
const words = {
  title: "请补正您的立案申请",
  court: "济南市历下区人民法院",
  link: "https://court.test/n/1a",
  page: "pages/messages/index?open=7",
  at: new Date("2026-11-22T02:00:00Z"),
};
const messageTo = (to: string, reference: string): OutgoingMessage => ({ reference, to, group: "legal", words });

describe("signatures", () => {
  // The example on the vendor's own page "V3 版本请求体&签名机制".
  it("of Alibaba Cloud are the page's", () => {
    const url = new URL("https://ecs.cn-shanghai.aliyuncs.com/");
    url.searchParams.set("ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd");
    url.searchParams.set("RegionId", "cn-shanghai");
    const { authorization } = signAliyun(
      { method: "POST", url, headers: {}, body: null },
      {
        keyId: "YourAccessKeyId",
        keySecret: "YourAccessKeySecret",
        action: "RunInstances",
        version: "2014-05-26",
        at: new Date("2023-10-26T10:22:32Z"),
        nonce: "3156853299f313e23d1673dc12e1703d",
      },
    );
    expect(authorization).toContain("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");
  });

  it("of Alibaba Cloud are those its own library makes", () => {
    const { default: Util } = require("@alicloud/openapi-util");
    const tea = require("@alicloud/tea-typescript");
    const url = new URL("https://dysmsapi.aliyuncs.com/");
    url.searchParams.set("TemplateParam", '{"court":"济南市(历下)区*人民法院~\'!"}');
    url.searchParams.set("PhoneNumbers", "13700000000");
    const signed = signAliyun(
      { method: "POST", url, headers: {}, body: null },
      { keyId: "id", keySecret: "secret", action: "SendSms", version: "2017-05-25" },
    );
    const { authorization, ...headers } = signed;
    const request = new tea.Request();
    Object.assign(request, { method: "POST", pathname: "/", query: Object.fromEntries(url.searchParams), headers });
    const theirs = Util.getAuthorization(request, "ACS3-HMAC-SHA256", headers["x-acs-content-sha256"], "id", "secret");
    expect(authorization).toBe(theirs);
  });

  it("of Tencent Cloud are those its own library makes", () => {
    const { default: Sign } = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/sign");
    const body = { PhoneNumberSet: ["+8613700000000"], SignName: "诉通" };
    const at = new Date("2026-11-22T10:00:00Z");
    const ours = signTencent(
      {
        method: "POST",
        url: new URL("https://sms.tencentcloudapi.com/"),
        headers: {},
        body: Buffer.from(JSON.stringify(body)),
      },
      {
        secretId: "id",
        secretKey: "key",
        service: "sms",
        action: "SendSms",
        version: "2021-01-11",
        region: "ap-guangzhou",
        at,
      },
    );
    const theirs = Sign.sign3({
      method: "POST",
      url: "https://sms.tencentcloudapi.com/",
      payload: body,
      timestamp: at.getTime() / 1000,
      service: "sms",
      secretId: "id",
      secretKey: "key",
      headers: { "Content-Type": "application/json" },
    });
    expect(ours["authorization"]).toBe(theirs);
  });
});

describe("two SMS providers", () => {
  const open = (which: string, change: { totalMs?: number; secret?: string } = {}): MessageProvider => {
    const { aliyunSms: aliyun, tencentSms: tencent } = sandbox.keys;
    const { totalMs = 2000, secret } = change;
    return which === "aliyun"
      ? aliyunSms({
          ...aliyun,
          ...(secret ? { keySecret: secret } : {}),
          totalMs,
          baseUrl: `${sandbox.url}/aliyun-sms`,
        })
      : tencentSms({
          ...tencent,
          ...(secret ? { secretKey: secret } : {}),
          totalMs,
          baseUrl: `${sandbox.url}/tencent-sms`,
        });
  };
  const outcome = (provider: MessageProvider, message: OutgoingMessage) =>
    provider.send(message).then(
      () => "sent",
      (error: Error) =>
        error instanceof MessageNotSent
          ? `not sent: ${error.reason}`
          : error instanceof GatewayError
            ? error.unsent
              ? "unsent"
              : "unknown"
            : `broken: ${error.message}`,
    );

  it.each(["aliyun", "tencent"])("%s sends once for each call, and can be asked by our reference", async (name) => {
    const provider = open(name);
    const before = sandbox.phones.reached.length;
    const to = name === "aliyun" ? "13712340001" : "13712340002";
    const triedAt = new Date();
    const { receipt } = await provider.send(messageTo(to, "71"));
    expect(receipt).toBeTruthy();
    expect(sandbox.phones.reached.slice(before)).toMatchObject([{ provider: name, to, reference: "71" }]);
    expect(await provider.find?.({ reference: "71", to, triedAt })).toEqual({ state: "delivered", receipt });
    expect(await provider.find?.({ reference: "72", to, triedAt })).toBeNull();
  });

  it.each(["aliyun", "tencent"])(
    "%s: what was surely not sent, and what nobody knows, are told apart",
    async (name) => {
      const peer = `${name}-sms`;
      const told: string[] = [];
      const tell = async (provider: MessageProvider, to = "13712340003") =>
        told.push(await outcome(provider, messageTo(to, "73")));
      await tell(open(name), "12345");
      await tell(open(name, { secret: "wrong" }));
      for (const fault of [{ status: 503 }, { status: 500 }, { lose: "before" }, { lose: "after" }] as const) {
        sandbox.faults.set(peer, fault);
        await tell(open(name));
      }
      sandbox.faults.set(peer, { delayMs: 400 });
      await tell(open(name, { totalMs: 100 }));
      expect(told).toEqual([
        "not sent: address",
        "not sent: provider",
        "unsent",
        "unknown",
        "unknown",
        "unknown",
        "unknown",
      ]);
      // Five failures in a row, and the peer is left alone: surely unsent.
      sandbox.faults.set(peer, { status: 500, times: 5 });
      const tired = open(name);
      for (let time = 0; time < 5; time += 1) await tell(tired);
      expect(await outcome(tired, messageTo("13712340003", "74"))).toBe("unsent");
    },
  );
});

describe("WeChat and mail", () => {
  const { appId, appSecret } = { appId: "wxsandbox0000000001", appSecret: "sandbox-wechat-secret" };
  const open = () =>
    wechatSubscribe({ baseUrl: `${sandbox.url}/wechat`, appId, appSecret, templates: sandbox.keys.subscriptions });

  it("sends as often as was agreed to, and takes 43101 for a no", async () => {
    const openid = sandbox.wechat.openidOf("王芳");
    sandbox.wechat.subscriptions.accept(openid, sandbox.keys.subscriptions.legal);
    const provider = open();
    expect((await provider.send(messageTo(openid, "81"))).receipt).toMatch(/^\d+$/);
    await expect(provider.send(messageTo(openid, "82"))).rejects.toMatchObject({ reason: "consent" });
    await expect(provider.send(messageTo("nobody", "83"))).rejects.toMatchObject({ reason: "address" });
    expect(provider.find).toBeUndefined();
  });

  it("knows that without a token nothing has left", async () => {
    sandbox.faults.set("wechat", { lose: "after" });
    await expect(open().send(messageTo(sandbox.wechat.openidOf("王芳"), "84"))).rejects.toMatchObject({ unsent: true });
  });

  it("mails under our reference, and tells a refusal from silence", async () => {
    const mail = smtpMail({ url: sandbox.smtp, from: "诉通 <no-reply@court.test>", totalMs: 1000, mayBePlain: true });
    const before = sandbox.phones.reached.length;
    await mail.send(messageTo("wang@example.com", "91"));
    expect(sandbox.phones.reached.slice(before)).toMatchObject([
      {
        provider: "smtp",
        to: "wang@example.com",
        reference: "91",
        text: expect.stringContaining("请补正您的立案申请"),
      },
    ]);
    await expect(mail.send(messageTo("nobody", "92"))).rejects.toBeInstanceOf(Error);
    sandbox.faults.set("mail", { status: 451 });
    await expect(mail.send(messageTo("wang@example.com", "93"))).rejects.toMatchObject({ unsent: true });
    sandbox.faults.set("mail", { lose: "after" });
    await expect(mail.send(messageTo("wang@example.com", "94"))).rejects.toMatchObject({ unsent: false });
    mail.close();
    const nowhere = smtpMail({ url: "smtp://127.0.0.1:1", from: "no-reply@court.test" });
    await expect(nowhere.send(messageTo("wang@example.com", "95"))).rejects.toMatchObject({ unsent: true });
    nowhere.close();
    const stripped = smtpMail({ url: sandbox.smtp, from: "no-reply@court.test", totalMs: 1000 });
    const told = sandbox.phones.reached.length;
    await expect(stripped.send(messageTo("wang@example.com", "96"))).rejects.toBeInstanceOf(MessageNotSent);
    expect(sandbox.phones.reached).toHaveLength(told);
    stripped.close();
  });

  it("are off without credentials", () => {
    const messages = openMessages({});
    for (const channel of ["wechat", "sms", "email"] as const) expect(messages.providers(channel)).toEqual([]);
  });
});
