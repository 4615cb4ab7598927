import { createHash, createHmac, randomBytes } from "node:crypto";
import type { OutboundMessage } from "../outbound.ts";

const ALGORITHM = "ACS3-HMAC-SHA256";

export interface AliyunSigning {
  readonly keyId: string;
  readonly keySecret: string;
  readonly action: string;
  readonly version: string;
  /** For tests against the vendor's own example. */
  readonly at?: Date;
  readonly nonce?: string;
}

/** Alibaba Cloud's V3 signature (ACS3-HMAC-SHA256), word for word as its page "V3 版本请求体&签名机制" has it. */
export function signAliyun({ method, url, body }: OutboundMessage, signing: AliyunSigning): Record<string, string> {
  const { keyId, keySecret, action, version, at = new Date(), nonce = randomBytes(16).toString("hex") } = signing;
  const payload = sha256(body ?? Buffer.alloc(0));
  const signed: Record<string, string> = {
    host: url.host,
    "x-acs-action": action,
    "x-acs-content-sha256": payload,
    "x-acs-date": at.toISOString().replace(/\.\d{3}Z$/, "Z"),
    "x-acs-signature-nonce": nonce,
    "x-acs-version": version,
  };
  const names = Object.keys(signed).sort();
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url.searchParams),
    ...names.map((name) => `${name}:${signed[name]}`),
    "",
    names.join(";"),
    payload,
  ].join("\n");
  const toSign = `${ALGORITHM}\n${sha256(Buffer.from(canonical))}`;
  const signature = createHmac("sha256", keySecret).update(toSign).digest("hex");
  return {
    ...signed,
    authorization: `${ALGORITHM} Credential=${keyId},SignedHeaders=${names.join(";")},Signature=${signature}`,
  };
}

export function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
}

/** RFC 3986: only letters, digits and `-_.~` stand for themselves. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
