import { createHmac } from "node:crypto";

export interface Signed {
  readonly id: string;
  /** Seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of the Standard Webhooks specification (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body` with the bytes of
 * the secret, one `v1,` signature for each secret that is good now.
 */
export function signedHeaders(secrets: readonly string[], { id, timestamp, body }: Signed): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const bytes = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    return `v1,${createHmac("sha256", bytes).update(`${id}.${timestamp}.${body}`, "utf8").digest("base64")}`;
  });
  return {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "Sutong-Webhooks/1",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
