import { randomBytes } from "node:crypto";
import { byAFen, envelopeOf, type Forgery, flipped, forge } from "./wechat-pay-forge.ts";
import { forgedSignatures } from "./wechat-pay-forged-signatures.ts";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";
import { seal, type WechatPaySigner } from "./wechat-pay-signature.ts";

/**
 * Every way we know to lie in a notice. `forgeries` are not WeChat's word to this merchant and must all be refused;
 * `mismatches` are WeChat's word, rightly sealed and signed, but not of what was asked: they must move nothing and be told.
 */
export function wechatPayForgeries(keys: WechatPayKeys, signer: WechatPaySigner, now: () => number) {
  const tools = forge(keys, signer);
  const { signedAnew, opened, enveloped, resealed, sealedAnew, told, bentAmount } = tools;

  const forgeries: Record<string, Forgery> = {
    // The seal, under a right signature: as if somebody had got hold of the signing key alone.
    "tag cut": resealed((bytes) => bytes.subarray(0, -16)),
    "tag cut short": resealed((bytes, random) => bytes.subarray(0, -1 - Math.floor(random() * 15))),
    "tag changed": resealed((bytes, random) => flipped(bytes, bytes.length - 1 - Math.floor(random() * 16), random)),
    "ciphertext bit": resealed((bytes, random) => flipped(bytes, Math.floor(random() * (bytes.length - 16)), random)),
    "ciphertext cut": resealed((bytes, random) => bytes.subarray(1 + Math.floor(random() * 32))),
    "ciphertext longer": resealed((bytes) => Buffer.concat([bytes, Buffer.alloc(16)])),
    "ciphertext empty": resealed(() => Buffer.alloc(0)),
    "amount by a fen, in the ciphertext": bentAmount,
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
      return signedAnew({ ...envelope, resource: JSON.parse(opened(envelope)) as unknown });
    },
    "resource missing": enveloped((envelope) => {
      delete (envelope as { resource?: unknown }).resource;
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

    ...forgedSignatures(tools, keys, now),
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
}
