import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { DEMONSTRATION_MERCHANT } from "./gateways/payments/demonstration-merchant.ts";
import { gatewaysOf } from "./house.ts";

const secret = (text: string): string => Buffer.alloc(32, text).toString("base64");
/** Everything a court's own installation sets. */
const PRODUCTION = {
  SUTONG_MODE: "production",
  PUBLIC_URL: "https://susong.example.cn",
  DATABASE_URL: "mysql://app:word@db.internal/sutong",
  DATABASE_CA: "/etc/sutong/database-ca.pem",
  TOKEN_SECRET: secret("t"),
  STORE_SECRET: secret("s"),
  AUDIT_SECRET: secret("a"),
  CERTIFICATE_KEY: secret("c"),
  INDEX_KEY: secret("i"),
  DATA_KEYS: `1:${secret("d")},2:${secret("e")}`,
  WECHAT_APPID: "wx0123456789abcdef",
  WECHAT_SECRET: secret("w"),
  IDENTITY_URL: "https://identity.example.cn",
  IDENTITY_KEY_ID: "court",
  IDENTITY_SECRET: secret("x"),
  CLAMD: "clamd.internal:3310",
};
const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const MERCHANT = {
  WECHATPAY_MCHID: "1609876543",
  WECHATPAY_SERIAL: "7777777777777777777777777777777777777777",
  WECHATPAY_PRIVATE_KEY: pair().privateKey,
  WECHATPAY_API_V3_KEY: "k".repeat(32),
};
const PUBLIC_KEY = { WECHATPAY_PUBLIC_KEY_ID: "PUB_KEY_ID_0116098765432024", WECHATPAY_PUBLIC_KEY: pair().publicKey };
const refused = (change: Record<string, string | undefined>): string => {
  try {
    readConfig({ ...PRODUCTION, ...change });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("messages in production", () => {
  it("go by no channel that has no credentials", () => {
    const { messages } = gatewaysOf(readConfig(PRODUCTION));
    expect(messages).toMatchObject({ wechat: null, aliyun: null, tencent: null, smtp: null });
  });

  it("need all of what a provider asks for, and nothing everybody knows", () => {
    expect(refused({ ALIYUN_SMS_KEY_ID: "LTAI5t" })).toContain("ALIYUN_SMS_TEMPLATE: 开通该短信通道时必须设置");
    expect(refused({ RECEIPT_TOKEN: "sandbox-receipt-token-0000000000000000" })).toContain("不得使用演示密钥");
    expect(refused({ WECHAT_TEMPLATES: "legal:sandbox-template-legal" })).toContain("不得使用演示密钥");
    expect(refused({ TENCENT_SMS_URL: "http://127.0.0.1:8090/tencent-sms" })).toContain("不得指向本机");
  });
});

describe("production", () => {
  it("speaks in the clear to a database and a mail server on its own machine, to no others", () => {
    expect(refused({ DATABASE_CA: undefined })).toContain("DATABASE_CA: 生产环境必须设置");
    expect(refused({ DATABASE_CA: undefined, DATABASE_URL: "mysql://app:word@127.0.0.1/sutong" })).toBe("");
    for (const [host, mayBePlain] of [
      ["mail.internal", false],
      ["127.0.0.1.internal", false],
      ["localhost", true],
    ]) {
      const config = readConfig({ ...PRODUCTION, MAIL_URL: `smtp://${host}:587` });
      expect(gatewaysOf(config).messages, String(host)).toMatchObject({ smtp: { mayBePlain } });
    }
  });

  it("starts with drivers and secrets of its own", () => {
    expect(refused({})).toBe("");
    expect(readConfig(PRODUCTION).demonstration).toBe(false);
  });

  it.each(["SANDBOX_URL", "DEMO_PASSWORD", "DEMO_TOTP_SECRET"])("refuses to start with %s", (name) => {
    expect(refused({ [name]: name === "SANDBOX_URL" ? "http://127.0.0.1:9000" : "any" })).toContain(name);
  });

  it.each([
    "WECHAT_SECRET",
    "IDENTITY_URL",
    "CLAMD",
    "PUBLIC_URL",
    "TOKEN_SECRET",
    "DATA_KEYS",
    "INDEX_KEY",
    "AUDIT_SECRET",
    "CERTIFICATE_KEY",
  ])("refuses to start without %s", (name) => {
    expect(refused({ [name]: undefined })).toContain(name);
  });

  it.each(["PUBLIC_URL", "WECHAT_BASE_URL", "IDENTITY_URL", "TENCENT_SMS_URL", "OSS_ENDPOINT"])(
    "refuses a %s without TLS",
    (name) => {
      expect(refused({ [name]: "http://elsewhere.example.cn" })).toContain(`${name}: 生产环境须为 https 地址`);
    },
  );

  it.each(["WECHAT_BASE_URL", "IDENTITY_URL", "COURT_URL"])("refuses a %s on this machine", (name) => {
    expect(refused({ [name]: "http://127.0.0.1:8090/peer", COURT_SECRET: secret("c") })).toContain(name);
  });

  it("refuses the keys that demonstrations use, in whatever folder", () => {
    const known = readConfig({ SUTONG_MODE: "demonstration", DATABASE_URL: PRODUCTION.DATABASE_URL });
    for (const name of [
      "TOKEN_SECRET",
      "STORE_SECRET",
      "INDEX_KEY",
      "DATA_KEYS",
      "AUDIT_SECRET",
      "CERTIFICATE_KEY",
    ] as const) {
      expect(refused({ [name]: known[name], DATA_DIR: undefined }), name).toContain(name);
    }
    expect(refused({ WECHAT_SECRET: "sandbox-wechat-secret" })).toContain("WECHAT_SECRET");
  });

  it("is what a configuration without a mode is", () => {
    expect(refused({ SUTONG_MODE: undefined, CLAMD: undefined })).toContain("CLAMD");
  });

  it("names everything that is wrong at once", () => {
    const message = refused({ CLAMD: undefined, PUBLIC_URL: undefined, DEMO_PASSWORD: "any" });
    for (const name of ["CLAMD", "PUBLIC_URL", "DEMO_PASSWORD"]) expect(message).toContain(name);
  });
});

describe("a court that takes WeChat Pay", () => {
  it("brings a merchant's settings, with WeChat's public key or without", () => {
    expect(refused(MERCHANT)).toBe("");
    expect(refused({ ...MERCHANT, ...PUBLIC_KEY })).toBe("");
    expect(
      refused({ ...MERCHANT, WECHATPAY_PRIVATE_KEY: Buffer.from(MERCHANT.WECHATPAY_PRIVATE_KEY).toString("base64") }),
    ).toBe("");
    expect(
      refused({ ...MERCHANT, WECHATPAY_PRIVATE_KEY: MERCHANT.WECHATPAY_PRIVATE_KEY.replaceAll("\n", "\\n") }),
    ).toBe("");
    const config = readConfig({ ...PRODUCTION, ...MERCHANT });
    expect(config.payNotifyUrl).toBe("https://susong.example.cn/api/v1/payments/wechat/notify");
    expect(config.WECHATPAY_BASE_URL).toBe("https://api.mch.weixin.qq.com");
  });

  it.each([...Object.keys(MERCHANT), ...Object.keys(PUBLIC_KEY)])(
    "brings all of them or none: not without %s",
    (name) => {
      expect(refused({ ...MERCHANT, ...PUBLIC_KEY, [name]: undefined })).toContain(name);
    },
  );

  it("brings keys that are keys, and is told so at the start", () => {
    const weak = generateKeyPairSync("rsa", {
      modulusLength: 1024,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    for (const value of ["no key", weak.privateKey, PUBLIC_KEY.WECHATPAY_PUBLIC_KEY])
      expect(refused({ ...MERCHANT, WECHATPAY_PRIVATE_KEY: value })).toContain("WECHATPAY_PRIVATE_KEY");
    expect(refused({ ...MERCHANT, WECHATPAY_API_V3_KEY: "short" })).toContain("WECHATPAY_API_V3_KEY");
    expect(refused({ ...MERCHANT, ...PUBLIC_KEY, WECHATPAY_PUBLIC_KEY: "no key" })).toContain("WECHATPAY_PUBLIC_KEY");
  });

  it("is not the demonstration's, however its keys are written, and is told of payments over https only", () => {
    const theirs = DEMONSTRATION_MERCHANT;
    for (const [name, value] of [
      ["WECHATPAY_MCHID", theirs.mchId],
      ["WECHATPAY_SERIAL", theirs.serial],
      ["WECHATPAY_API_V3_KEY", theirs.apiV3Key],
      ["WECHATPAY_PRIVATE_KEY", theirs.privateKey],
      ["WECHATPAY_PRIVATE_KEY", Buffer.from(theirs.privateKey).toString("base64")],
      ["WECHATPAY_PRIVATE_KEY", theirs.privateKey.replaceAll("\n", "\\n")],
      ["WECHATPAY_PUBLIC_KEY", `${theirs.publicKey}\n\n`],
      ["WECHATPAY_PUBLIC_KEY_ID", theirs.publicKeyId],
      ["WECHATPAY_BASE_URL", "http://127.0.0.1:8090/wechat-pay"],
      ["WECHATPAY_NOTIFY_URL", "http://127.0.0.1:8080/notify"],
      ["WECHATPAY_NOTIFY_URL", "http://susong.example.cn/notify"],
    ] as const)
      expect(refused({ ...MERCHANT, ...PUBLIC_KEY, [name]: value }), `${name} ${value.slice(0, 20)}`).toContain(name);
  });

  it("needs none in a demonstration, which has the sandbox's", () => {
    const known = readConfig({
      SUTONG_MODE: "demonstration",
      DATABASE_URL: PRODUCTION.DATABASE_URL,
      SANDBOX_URL: "http://127.0.0.1:9000",
    });
    expect(known).toMatchObject({
      WECHATPAY_BASE_URL: "http://127.0.0.1:9000/wechat-pay",
      WECHATPAY_MCHID: DEMONSTRATION_MERCHANT.mchId,
    });
    expect(readConfig(PRODUCTION).WECHATPAY_MCHID).toBeUndefined();
  });
});
