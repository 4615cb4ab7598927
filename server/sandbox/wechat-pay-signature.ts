import {
  createCipheriv,
  createPrivateKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import type { IncomingMessage } from "node:http";
import { makeCertificate } from "./wechat-pay-certificate.ts";
import type { WechatPayKeys } from "./wechat-pay-keys.ts";

export type Mode = "public_key" | "certificate";
export interface Certificate {
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly pem: string;
  readonly from: Date;
  readonly until: Date;
}
export type SignedHeaders = Record<string, string>;

const WINDOW_S = 300;
const DAY_MS = 86_400_000;
const ALGORITHM = "WECHATPAY2-SHA256-RSA2048";

/** WeChat's side of the signatures: its own keys in either mode, and what it asks of a merchant's requests. */
export function wechatPaySigner(keys: WechatPayKeys, now: () => number) {
  const publicKey = createPrivateKey(keys.publicKeyMode);
  const seen = new Map<string, number>();
  let mode: Mode = "public_key";
  let past: Certificate | null = null;
  let certificates = [certificate("5157F09EFDC096DE15EBE81A47057A7200000001", createPrivateKey(keys.firstCertificate))];

  return {
    get mode() {
      return mode;
    },
    switchTo(next: Mode): void {
      mode = next;
    },
    certificates: () => certificates as readonly Certificate[],
    /** A new certificate signs from now on; the old ones are told of until they are dropped. */
    rotate({ drop = false, until }: { drop?: boolean; until?: Date } = {}): Certificate {
      const made = certificate(
        randomBytes(20).toString("hex").toUpperCase().replace(/^./, "7"),
        generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
        until,
      );
      certificates = drop ? [made] : [made, ...certificates];
      return made;
    },
    /** A certificate whose time is over. WeChat still lists it, as it does for a while. */
    expired(): Certificate {
      if (!past) {
        past = certificate(
          "7000000000000000000000000000000000000DEA",
          generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
          new Date(now() - 3_600_000),
        );
        certificates = [...certificates, past];
      }
      return past;
    },
    sign,
    signBy,
    check,
    seal: (text: string, associatedData: string) => seal(text, associatedData, keys.merchant.apiV3Key),
  };

  function certificate(serial: string, privateKey: KeyObject, until?: Date): Certificate {
    const from = new Date(Math.floor(now() / 1000) * 1000 - DAY_MS);
    const end = until ?? new Date(from.getTime() + 5 * 365 * DAY_MS);
    return { serial, privateKey, from, until: end, pem: makeCertificate({ serial, privateKey, from, until: end }) };
  }

  /** Signs by the key that the merchant asked for (`Wechatpay-Serial`), else by the one of the mode. */
  function sign(body: Buffer | string, asked?: string): SignedHeaders {
    const byCertificate = certificates.find(({ serial }) => serial === asked);
    if (byCertificate) return signBy(byCertificate, body);
    const [first] = certificates;
    if (mode === "certificate" && asked !== keys.publicKeyId && first) return signBy(first, body);
    return signBy({ serial: keys.publicKeyId, privateKey: publicKey }, body);
  }

  function signBy(
    { serial, privateKey }: Pick<Certificate, "serial" | "privateKey">,
    body: Buffer | string,
    { at = now(), nonce = randomBytes(16).toString("hex") } = {},
  ): SignedHeaders {
    const timestamp = String(Math.floor(at / 1000));
    const signature = createSign("RSA-SHA256").update(`${timestamp}\n${nonce}\n`).update(body).update("\n");
    return {
      "wechatpay-timestamp": timestamp,
      "wechatpay-nonce": nonce,
      "wechatpay-serial": serial,
      "wechatpay-signature": signature.sign(privateKey, "base64"),
      "wechatpay-signature-type": ALGORITHM,
    };
  }

  /** What is wrong with a request's signature, or null. `target` is what the merchant signed: path and query. */
  function check(request: IncomingMessage, target: string, body: Buffer): string | null {
    const [, scheme = "", list = ""] = /^(\S+) (.*)$/.exec(request.headers.authorization ?? "") ?? [];
    if (scheme !== ALGORITHM) return "Http头Authorization认证类型不正确";
    const pairs = [...list.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value] as const);
    const fields = new Map(pairs);
    if (pairs.length !== 5 || fields.size !== 5) return "Http头Authorization格式错误";
    const [mchid, serial, timestamp, nonce, signature] = [
      "mchid",
      "serial_no",
      "timestamp",
      "nonce_str",
      "signature",
    ].map((name) => fields.get(name) ?? "") as [string, string, string, string, string];
    if (mchid !== keys.merchant.mchId) return "商户号不存在";
    if (serial !== keys.merchant.serial) return "商户证书序列号有误";
    if (!/^\d{10}$/.test(timestamp) || Math.abs(Number(timestamp) - now() / 1000) > WINDOW_S)
      return "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟";
    if (!/^[A-Za-z0-9]{1,32}$/.test(nonce)) return "Http头Authorization中的nonce_str格式错误";
    const text = `${request.method}\n${target}\n${timestamp}\n${nonce}\n`;
    const right = createVerify("RSA-SHA256").update(text).update(body).update("\n");
    if (!right.verify(keys.merchant.publicKey, signature, "base64")) return "错误的签名，验签失败";
    if (seen.has(nonce)) return "Http头Authorization中的nonce_str重复";
    for (const [old, at] of seen) {
      if (at > now() - 2 * WINDOW_S * 1000) break;
      seen.delete(old);
    }
    seen.set(nonce, now());
    return null;
  }
}

export type WechatPaySigner = ReturnType<typeof wechatPaySigner>;

/** AEAD_AES_256_GCM as WeChat does it: the tag at the end, the nonce of twelve letters. */
export function seal(text: string, associatedData: string, key: string, nonce = randomBytes(6).toString("hex")) {
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString(
    "base64",
  );
  return { algorithm: "AEAD_AES_256_GCM", ciphertext, associated_data: associatedData, nonce };
}
