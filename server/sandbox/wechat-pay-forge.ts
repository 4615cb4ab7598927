import { createDecipheriv, createPrivateKey, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
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
export type Forge = ReturnType<typeof forge>;

export const SIGNATURE = "wechatpay-signature";
export const TIMESTAMP = "wechatpay-timestamp";

/** The forger's tools: he may even hold WeChat's own keys, one at a time. */
export function forge(keys: WechatPayKeys, signer: WechatPaySigner) {
  const { apiV3Key } = keys.merchant;
  const merchantKey = createPrivateKey(DEMONSTRATION_MERCHANT.privateKey);
  let unknown: KeyObject | null = null;
  /** Somebody who is neither WeChat nor the merchant. */
  const stranger = (): KeyObject => {
    unknown ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    return unknown;
  };
  return {
    merchantKey,
    stranger,
    signedNow,
    signedAnew,
    opened,
    enveloped,
    resealed,
    sealedAnew,
    told,
    bentAmount,
    expired,
    otherHash,
  };

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
  /** Turns the last digit of the amount under the seal and keeps the tag: who does not look at the tag reads a fen more. */
  function bentAmount(genuine: Notice): Notice {
    const envelope = envelopeOf(genuine);
    const text = opened(envelope);
    const last = /"total":\d*(?=\d)/.exec(text);
    const bytes = Buffer.from(envelope.resource.ciphertext, "base64");
    const place = Buffer.byteLength(text.slice(0, (last?.index ?? 0) + (last?.[0].length ?? 0)));
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    envelope.resource.ciphertext = bytes.toString("base64");
    return signedAnew(envelope);
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

export const envelopeOf = ({ body }: Notice): Envelope => JSON.parse(body.toString("utf8")) as Envelope;

export function byAFen(text: string): string {
  const resource = JSON.parse(text) as Resource;
  resource.amount["total"] = Number(resource.amount["total"]) + 1;
  return JSON.stringify(resource);
}

export function flipped(bytes: Buffer, place: number, random: () => number): Buffer {
  const bent = Buffer.from(bytes);
  bent[place] = (bent[place] ?? 0) ^ (1 << Math.floor(random() * 8));
  return bent;
}
