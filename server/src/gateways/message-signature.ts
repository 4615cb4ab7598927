import { createHash, createHmac, createPrivateKey, type KeyObject, randomBytes, sign as signWith } from "node:crypto";
import type { OutboundMessage } from "./outbound.ts";

/** The key our side signs with. `id` is the name the peer knows it by. */
export type SigningKey =
  | { readonly id: string; readonly algorithm: "hmac-sha256"; readonly secret: string }
  | { readonly id: string; readonly algorithm: "ed25519"; readonly privateKeyPem: string };

const LIFE_SECONDS = 60;

/**
 * Signs a request between our own systems (RFC 9421): method, path, query, content type and content digest (RFC 9530),
 * with the moments of making and expiry and a nonce, so that nothing can be changed and nothing sent twice.
 */
export function messageSigner(key: SigningKey, now: () => number = Date.now) {
  const privateKey = key.algorithm === "ed25519" ? createPrivateKey(key.privateKeyPem) : null;

  return (message: OutboundMessage): Record<string, string> => {
    const headers: Record<string, string> = {};
    const parts: [name: string, value: string][] = [
      ["@method", message.method],
      ["@path", message.url.pathname],
      ["@query", message.url.search || "?"],
    ];
    if (message.body) {
      headers["content-digest"] = `sha-256=:${createHash("sha256").update(message.body).digest("base64")}:`;
      parts.push(
        ["content-type", message.headers["content-type"] ?? ""],
        ["content-digest", headers["content-digest"]],
      );
    }
    const created = Math.floor(now() / 1000);
    const parameters =
      `(${parts.map(([name]) => `"${name}"`).join(" ")});created=${created};expires=${created + LIFE_SECONDS}` +
      `;nonce="${randomBytes(18).toString("base64url")}";keyid="${key.id}";alg="${key.algorithm}"`;
    const base = [...parts.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${parameters}`].join(
      "\n",
    );
    headers["signature-input"] = `sig1=${parameters}`;
    headers["signature"] = `sig1=:${seal(key, privateKey, base).toString("base64")}:`;
    return headers;
  };
}

function seal(key: SigningKey, privateKey: KeyObject | null, base: string): Buffer {
  if (key.algorithm === "hmac-sha256") return createHmac("sha256", key.secret).update(base).digest();
  return signWith(null, Buffer.from(base), privateKey as KeyObject);
}
