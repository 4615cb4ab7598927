import { createVerify } from "node:crypto";
import type { PlatformKeys } from "./wechat-keys.ts";

export type SignedHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** How far WeChat's clock and ours may be apart: five minutes, as WeChat itself says. */
const WINDOW_MS = 300_000;
const ALGORITHM = "WECHATPAY2-SHA256-RSA2048";

/** Whether these bytes are WeChat's: why not, or null. `strangers`: no key of ours has that serial. */
export function objectionTo(
  headers: SignedHeaders,
  body: Buffer,
  keys: PlatformKeys,
  now: number,
): { reason: string; stranger?: true } | null {
  const [timestamp, nonce, serial, signature] = ["timestamp", "nonce", "serial", "signature"].map((name) =>
    only(headers, `wechatpay-${name}`),
  );
  if (!timestamp || !nonce || !serial || !signature) return { reason: "a signature header is missing or repeated" };
  const kind = headers["wechatpay-signature-type"];
  if (kind !== undefined && kind !== ALGORITHM) return { reason: "signed by another algorithm" };
  if (!/^[1-9]\d{9}$/.test(timestamp)) return { reason: "no timestamp" };
  if (Math.abs(Number(timestamp) * 1000 - now) > WINDOW_MS) return { reason: "older or newer than five minutes" };
  if (!/^[A-Za-z0-9+/=_-]{8,128}$/.test(nonce)) return { reason: "no nonce" };
  // WeChat's probe whether we look at signatures at all. It gets no branch of its own.
  if (signature.startsWith("WECHATPAY/SIGNTEST/")) return { reason: "a signature that tests whether we look" };
  const bytes = Buffer.from(signature, "base64");
  if (bytes.toString("base64") !== signature) return { reason: "signature is not plain Base64" };
  const key = keys.find(serial, now);
  if (!key) return { reason: "signed by an unknown or expired key", stranger: true };
  const right = createVerify("RSA-SHA256").update(`${timestamp}\n${nonce}\n`).update(body).update("\n");
  return right.verify(key, bytes) ? null : { reason: "signature is not of these bytes" };
}

/** The value of a header that was sent exactly once. */
function only(headers: SignedHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}
