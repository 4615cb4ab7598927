import { randomBytes, randomUUID } from "node:crypto";
import { envelopeOf, type Forge, type Forgery, flipped, SIGNATURE, TIMESTAMP } from "./wechat-pay-forge.ts";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";

/** Who did not sign it, or not now, or not these bytes. */
export function forgedSignatures(tools: Forge, keys: WechatPayKeys, now: () => number): Record<string, Forgery> {
  const { signedNow, signedAnew, stranger, merchantKey, expired, otherHash } = tools;
  return {
    // The signature.
    "old timestamp": (genuine) => signedNow(genuine.body, { at: now() - 301_000 }),
    "future timestamp": (genuine) => signedNow(genuine.body, { at: now() + 302_000 }),
    "replayed under another timestamp": headed(TIMESTAMP, (value) => String(Number(value) + 1)),
    "replayed under another nonce": headed("wechatpay-nonce", () => randomBytes(16).toString("hex")),
    "timestamp in milliseconds": headed(TIMESTAMP, (value) => `${value}000`),
    "timestamp with a sign": headed(TIMESTAMP, (value) => `+${value}`),
    "unknown serial": (genuine) =>
      signedNow(genuine.body, {}, { serial: "7777777777777777777777777777777777777777", privateKey: stranger() }),
    "serial __proto__": headed("wechatpay-serial", () => "__proto__"),
    "serial constructor": headed("wechatpay-serial", () => "constructor"),
    "stranger's signature under the right serial": (genuine) =>
      signedNow(genuine.body, {}, { serial: String(genuine.headers["wechatpay-serial"]), privateKey: stranger() }),
    "signed by the merchant's own key": (genuine) =>
      signedNow(genuine.body, {}, { serial: keys.merchant.serial, privateKey: merchantKey }),
    "merchant's signature under the right serial": (genuine) =>
      signedNow(genuine.body, {}, { serial: String(genuine.headers["wechatpay-serial"]), privateKey: merchantKey }),
    "certificate expired": expired,
    "SIGNTEST signature": headed(SIGNATURE, (value) => `WECHATPAY/SIGNTEST/${value.slice(0, 300)}`),
    "signature of another body": (genuine) => ({
      ...signedAnew({ ...envelopeOf(genuine), id: randomUUID() }),
      body: genuine.body,
    }),
    "signature truncated": headed(SIGNATURE, (value, random) => value.slice(0, -4 * (1 + Math.floor(random() * 20)))),
    "signature bit": headed(SIGNATURE, (value, random) => {
      const bytes = Buffer.from(value, "base64");
      return flipped(bytes, Math.floor(random() * bytes.length), random).toString("base64");
    }),
    "signature base64url": headed(SIGNATURE, (value) => `${Buffer.from(value, "base64").toString("base64url")}_`),
    "signature hexadecimal": headed(SIGNATURE, (value) => Buffer.from(value, "base64").toString("hex")),
    "signature empty": headed(SIGNATURE, () => ""),
    "signature by SHA-1": (genuine) => otherHash(genuine, "RSA-SHA1"),
    "signature type SM2": (genuine) => ({
      ...genuine,
      headers: { ...genuine.headers, "wechatpay-signature-type": "WECHATPAY2-SM2-WITH-SM3" },
    }),
    "no signature": without(SIGNATURE),
    "no serial": without("wechatpay-serial"),
    "no timestamp": without(TIMESTAMP),
    "no nonce": without("wechatpay-nonce"),
    "serial twice": twice("wechatpay-serial"),
    "signature twice": twice(SIGNATURE),
    "timestamp twice": twice(TIMESTAMP),
    "nonce twice": twice("wechatpay-nonce"),

    // The bytes.
    "body re-serialised": (genuine) => ({
      ...genuine,
      body: Buffer.from(JSON.stringify(envelopeOf(genuine), null, 1)),
    }),
    "body with a BOM": (genuine) => ({ ...genuine, body: Buffer.concat([Buffer.from("\uFEFF"), genuine.body]) }),
    "body with a BOM, signed": (genuine) => signedNow(Buffer.concat([Buffer.from("\uFEFF"), genuine.body])),
    "body with a blank": (genuine) => ({ ...genuine, body: Buffer.concat([genuine.body, Buffer.from(" ")]) }),
    "body cut": (genuine, random = Math.random) => ({
      ...genuine,
      body: genuine.body.subarray(0, Math.floor(random() * (genuine.body.length - 1))),
    }),
    "body empty": (genuine) => ({ ...genuine, body: Buffer.alloc(0) }),
    "body empty, signed": () => signedNow(Buffer.alloc(0)),
    "body huge": (genuine) => signedAnew({ ...envelopeOf(genuine), summary: "支".repeat(40_000) }),
    "body no JSON": () => signedNow(Buffer.from("success")),
    "body not UTF-8": (genuine) => signedNow(Buffer.concat([genuine.body.subarray(0, -1), Buffer.from([0xff, 0x7d])])),
  };
}

function headed(name: string, change: (value: string, random: () => number) => string): Forgery {
  return ({ headers, body }, random = Math.random) => ({
    headers: { ...headers, [name]: change(String(headers[name]), random) },
    body,
  });
}

function without(name: string): Forgery {
  return ({ headers: { [name]: _, ...headers }, body }) => ({ headers, body });
}

function twice(name: string): Forgery {
  return ({ headers, body }) => ({
    headers: { ...headers, [name]: [String(headers[name]), String(headers[name])] },
    body,
  });
}
