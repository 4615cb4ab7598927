import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const MUST_COVER = ["@method", "@path", "@query"];
const MUST_COVER_BODY = ["content-type", "content-digest"];
const LONGEST_LIFE_SECONDS = 300;
const SKEW_SECONDS = 30;

/**
 * Checks RFC 9421 signatures (hmac-sha256) as a strict peer does: every part that matters is covered, the digest is
 * that of the body, the moment is now, the nonce is new. Gives `null`, or the code of what is wrong. Written from the
 * RFC and without our signing code, so that both can be wrong only apart.
 */
export function messageVerifier(keys: ReadonlyMap<string, string>, now: () => number = Date.now) {
  const nonces = new Map<string, number>();

  return (request: IncomingMessage, target: URL, body: Buffer): string | null => {
    const input = /^([a-z0-9_-]+)=(\(([^)]*)\)((?:;[a-z]+=(?:"[^"]*"|\d+))*))$/.exec(
      String(request.headers["signature-input"] ?? ""),
    );
    const signature = /^([a-z0-9_-]+)=:([A-Za-z0-9+/=]+):$/.exec(String(request.headers["signature"] ?? ""));
    if (!input || !signature || input[1] !== signature[1]) return "signature.missing";

    const covered = [...(input[3] ?? "").matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? "");
    const parameters = new Map(
      [...(input[4] ?? "").matchAll(/;([a-z]+)=(?:"([^"]*)"|(\d+))/g)].map(([, name, text, number]) => [
        name ?? "",
        text ?? number ?? "",
      ]),
    );
    if ([...MUST_COVER, ...(body.length > 0 ? MUST_COVER_BODY : [])].some((name) => !covered.includes(name)))
      return "signature.uncovered";

    const secret = keys.get(parameters.get("keyid") ?? "");
    if (!secret || parameters.get("alg") !== "hmac-sha256") return "signature.key";

    const lines = covered.map((name) => `"${name}": ${componentOf(request, target, name)}`);
    const base = [...lines, `"@signature-params": ${input[2]}`].join("\n");
    const right = createHmac("sha256", secret).update(base).digest();
    const given = Buffer.from(signature[2] ?? "", "base64");
    if (given.length !== right.length || !timingSafeEqual(given, right)) return "signature.wrong";

    const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
    if (body.length > 0 && request.headers["content-digest"] !== digest) return "signature.digest";

    const [created, expires] = [Number(parameters.get("created")), Number(parameters.get("expires"))];
    const at = now() / 1000;
    const timely = created <= at + SKEW_SECONDS && expires > at && expires - created <= LONGEST_LIFE_SECONDS;
    if (!timely) return "signature.expired";

    const nonce = parameters.get("nonce") ?? "";
    for (const [old, until] of nonces) if (until < at) nonces.delete(old);
    if (nonce.length < 16 || nonces.has(nonce)) return "signature.replayed";
    nonces.set(nonce, expires);
    return null;
  };
}

function componentOf(request: IncomingMessage, target: URL, name: string): string {
  if (name === "@method") return request.method ?? "";
  if (name === "@path") return target.pathname;
  if (name === "@query") return target.search || "?";
  return String(request.headers[name] ?? "").trim();
}
