import {
  createDecipheriv,
  createPrivateKey,
  createSign,
  generateKeyPairSync,
  randomBytes,
  randomUUID,
} from "node:crypto";
import { DEMONSTRATION_MERCHANT } from "#gateways/payments/demonstration-merchant.ts";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";
import type { Notice } from "./wechat-pay-notices.ts";
import { seal, type WechatPaySigner } from "./wechat-pay-signature.ts";

/** Makes a false notice out of a genuine one; `random` decides where it is bent. */
export type Forgery = (genuine: Notice, random?: () => number) => Notice;

interface Envelope {
  [name: string]: unknown;
  event_type: string;
  resource: { original_type: string; algorithm: string; ciphertext: string; associated_data?: string; nonce: string };
}
type Resource = Record<string, unknown> & { amount: Record<string, unknown> };

const SIGNATURE = "wechatpay-signature";
const TIMESTAMP = "wechatpay-timestamp";

/**
 * Every way we know to lie in a notice. `forgeries` are not WeChat's word to this merchant and must all be refused;
 * `mismatches` are WeChat's word, rightly sealed and signed, but not of what was asked: they must move nothing and be told.
 */
export function wechatPayForgeries(keys: WechatPayKeys, signer: WechatPaySigner, now: () => number) {
  const { apiV3Key } = keys.merchant;
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const merchantKey = createPrivateKey(DEMONSTRATION_MERCHANT.privateKey);

  const forgeries: Record<string, Forgery> = {
    // The seal, under a right signature: as if somebody had got hold of the signing key alone.
    "tag cut": resealed((bytes) => bytes.subarray(0, -16)),
    "tag cut short": resealed((bytes, random) => bytes.subarray(0, -1 - Math.floor(random() * 15))),
    "tag changed": resealed((bytes, random) => flipped(bytes, bytes.length - 1 - Math.floor(random() * 16), random)),
    "ciphertext bit": resealed((bytes, random) => flipped(bytes, Math.floor(random() * (bytes.length - 16)), random)),
    "ciphertext cut": resealed((bytes, random) => bytes.subarray(1 + Math.floor(random() * 32))),
    "ciphertext longer": resealed((bytes) => Buffer.concat([bytes, Buffer.alloc(16)])),
    "ciphertext empty": resealed(() => Buffer.alloc(0)),
    "amount by a fen, in the ciphertext": resealed((bytes, random) => bentAmount(bytes, random)),
    "sealed by another key": sealedAnew((text, aad) => seal(text, aad, randomBytes(16).toString("hex"))),
    "amount by a fen, sealed by another key": sealedAnew((text, aad) =>
      seal(byAFen(text), aad, randomBytes(16).toString("hex")),
    ),
    "wrong AAD": enveloped((envelope) => {
      envelope.resource.associated_data = "certificate";
    }),
    "AAD left out": enveloped((envelope) => {
      delete envelope.resource.associated_data;
    }),
    "wrong nonce": enveloped((envelope) => {
      envelope.resource.nonce = randomBytes(6).toString("hex");
    }),
    "nonce empty": enveloped((envelope) => {
      envelope.resource.nonce = "";
    }),
    "other algorithm": enveloped((envelope) => {
      envelope.resource.algorithm = "AEAD_AES_128_GCM";
    }),
    "no algorithm": enveloped((envelope) => {
      envelope.resource.algorithm = "NONE";
    }),
    "resource unsealed": (genuine) => {
      const envelope = envelopeOf(genuine);
      return signedAnew({ ...envelope, resource: JSON.parse(opened(envelope)) as Envelope["resource"] });
    },
    "resource missing": enveloped((envelope) => {
      delete (envelope as Partial<Envelope>).resource;
    }),
    "other event": enveloped((envelope) => {
      envelope.event_type = "COUPON.USE";
    }),
    "payment told as a refund": enveloped((envelope) => {
      envelope.event_type = "REFUND.SUCCESS";
    }),
    "list for an envelope": (genuine) => signedAnew([envelopeOf(genuine)]),

    // The content, rightly sealed and signed, but not for this merchant.
    "other merchant": told((resource) => {
      resource["mchid"] = "1900000002";
    }),
    "other application": told((resource) => {
      resource["appid"] = "wx0000000000000bad";
    }),
    "no merchant": told((resource) => {
      delete resource["mchid"];
    }),
    "merchant as a list": told((resource) => {
      resource["mchid"] = [resource["mchid"]];
    }),
    "not a success": told((resource) => {
      resource["trade_state"] = "NOTPAY";
    }),
    "no time of success": told((resource) => {
      delete resource["success_time"];
    }),
    "a day that is none": told((resource) => {
      resource["success_time"] = "2026-02-30T10:00:00+08:00";
    }),
    "amount as text": told(({ amount }) => {
      amount["total"] = String(amount["total"]);
    }),
    "amount with a half fen": told(({ amount }) => {
      amount["total"] = Number(amount["total"]) + 0.5;
    }),
    "amount below nothing": told(({ amount }) => {
      amount["total"] = -Number(amount["total"]);
    }),
    "amount past every number": told(({ amount }) => {
      amount["total"] = 2 ** 53;
    }),

    // The signature.
    "old timestamp": (genuine) => signedNow(genuine.body, { at: now() - 301_000 }),
    "future timestamp": (genuine) => signedNow(genuine.body, { at: now() + 302_000 }),
    "replayed under another timestamp": headed(TIMESTAMP, (value) => String(Number(value) + 1)),
    "replayed under another nonce": headed("wechatpay-nonce", () => randomBytes(16).toString("hex")),
    "timestamp in milliseconds": headed(TIMESTAMP, (value) => `${value}000`),
    "timestamp with a sign": headed(TIMESTAMP, (value) => `+${value}`),
    "unknown serial": (genuine) =>
      signedNow(genuine.body, {}, { serial: "7777777777777777777777777777777777777777", privateKey: stranger }),
    "serial __proto__": headed("wechatpay-serial", () => "__proto__"),
    "serial constructor": headed("wechatpay-serial", () => "constructor"),
    "stranger's signature under the right serial": (genuine) =>
      signedNow(genuine.body, {}, { serial: String(genuine.headers["wechatpay-serial"]), privateKey: stranger }),
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

  const mismatches: Record<string, Forgery> = {
    "amount by a fen": told(({ amount }, random) => {
      amount["total"] = Number(amount["total"]) + (random() < 0.5 && Number(amount["total"]) > 1 ? -1 : 1);
    }),
    "currency USD": told(({ amount }) => {
      amount["currency"] = "USD";
    }),
    "payer's currency USD": told(({ amount }) => {
      amount["payer_currency"] = "USD";
    }),
    "order that nobody opened": told((resource) => {
      resource["out_trade_no"] = `NOBODY${randomBytes(8).toString("hex")}`;
    }),
  };
  return { forgeries, mismatches };

  function signedNow(body: Buffer, when: { at?: number } = {}, by?: Parameters<WechatPaySigner["signBy"]>[0]): Notice {
    const genuine = signer.sign(body);
    const serial = String(genuine["wechatpay-serial"]);
    const certificate = signer.certificates().find((one) => one.serial === serial);
    const own = certificate ?? { serial, privateKey: createPrivateKey(keys.publicKeyMode) };
    return { headers: { "content-type": "application/json", ...signer.signBy(by ?? own, body, when) }, body };
  }
  function signedAnew(envelope: unknown): Notice {
    return signedNow(Buffer.from(JSON.stringify(envelope)));
  }
  function opened({ resource }: Envelope): string {
    const bytes = Buffer.from(resource.ciphertext, "base64");
    const decipher = createDecipheriv("aes-256-gcm", Buffer.from(apiV3Key), Buffer.from(resource.nonce));
    decipher.setAAD(Buffer.from(resource.associated_data ?? ""));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8");
  }
  function enveloped(change: (envelope: Envelope) => void): Forgery {
    return (genuine) => {
      const envelope = envelopeOf(genuine);
      change(envelope);
      return signedAnew(envelope);
    };
  }
  function resealed(change: (bytes: Buffer, random: () => number) => Buffer): Forgery {
    return (genuine, random = Math.random) => {
      const envelope = envelopeOf(genuine);
      const bytes = Buffer.from(envelope.resource.ciphertext, "base64");
      envelope.resource.ciphertext = change(bytes, random).toString("base64");
      return signedAnew(envelope);
    };
  }
  function sealedAnew(make: (text: string, aad: string) => object): Forgery {
    return enveloped((envelope) => {
      Object.assign(envelope.resource, make(opened(envelope), envelope.resource.associated_data ?? ""));
    });
  }
  function told(change: (resource: Resource, random: () => number) => void): Forgery {
    return (genuine, random = Math.random) => {
      const envelope = envelopeOf(genuine);
      const resource = JSON.parse(opened(envelope)) as Resource;
      change(resource, random);
      Object.assign(
        envelope.resource,
        seal(JSON.stringify(resource), envelope.resource.associated_data ?? "", apiV3Key),
      );
      return signedAnew(envelope);
    };
  }
  /** Turns the last digit of the total in the ciphertext: a stream cipher without its tag would let it pass. */
  function bentAmount(bytes: Buffer, random: () => number): Buffer {
    const text = JSON.stringify({ amount: { total: 1 } });
    return flipped(bytes, Math.min(bytes.length - 17, text.length + Math.floor(random() * 40)), () => 0);
  }
  /** Rightly signed by a certificate that WeChat lists, and whose time is over. */
  function expired(genuine: Notice): Notice {
    const over = signer.expired();
    return signedNow(genuine.body, {}, over);
  }
  function otherHash(genuine: Notice, hash: string): Notice {
    const { headers, body } = genuine;
    const made = createSign(hash)
      .update(`${headers[TIMESTAMP]}\n${headers["wechatpay-nonce"]}\n`)
      .update(body)
      .update("\n");
    const key = signer.certificates().find(({ serial }) => serial === headers["wechatpay-serial"])?.privateKey;
    const signature = made.sign(key ?? createPrivateKey(keys.publicKeyMode), "base64");
    return { headers: { ...headers, [SIGNATURE]: signature }, body };
  }
}

const envelopeOf = ({ body }: Notice): Envelope => JSON.parse(body.toString("utf8")) as Envelope;

function byAFen(text: string): string {
  const resource = JSON.parse(text) as Resource;
  resource.amount["total"] = Number(resource.amount["total"]) + 1;
  return JSON.stringify(resource);
}

function flipped(bytes: Buffer, place: number, random: () => number): Buffer {
  const bent = Buffer.from(bytes);
  bent[place] = (bent[place] ?? 0) ^ (1 << Math.floor(random() * 8));
  return bent;
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
