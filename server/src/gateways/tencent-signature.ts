import { createHash, createHmac } from "node:crypto";
import type { OutboundMessage } from "./outbound.ts";

export interface TencentSigning {
  readonly secretId: string;
  readonly secretKey: string;
  readonly service: string;
  readonly action: string;
  readonly version: string;
  readonly region: string;
  readonly at?: Date;
}

/** Tencent Cloud's API 3.0 signature (TC3-HMAC-SHA256) over content type and host, as its page "签名方法 v3" has it. */
export function signTencent({ method, url, body }: OutboundMessage, signing: TencentSigning): Record<string, string> {
  const { secretId, secretKey, service, action, version, region, at = new Date() } = signing;
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const day = at.toISOString().slice(0, 10);
  const type = "application/json";
  const canonical = [
    method,
    url.pathname,
    url.search.slice(1),
    `content-type:${type}`,
    `host:${url.host}`,
    "",
    "content-type;host",
    sha256(body ?? Buffer.alloc(0)),
  ].join("\n");
  const scope = `${day}/${service}/tc3_request`;
  const toSign = ["TC3-HMAC-SHA256", timestamp, scope, sha256(Buffer.from(canonical))].join("\n");
  const key = [day, service, "tc3_request"].reduce<Buffer>(
    (held, part) => createHmac("sha256", held).update(part).digest(),
    Buffer.from(`TC3${secretKey}`),
  );
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  return {
    "content-type": type,
    "x-tc-action": action,
    "x-tc-version": version,
    "x-tc-timestamp": timestamp,
    "x-tc-region": region,
    authorization: `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`,
  };
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
