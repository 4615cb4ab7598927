import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface OssKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Such as `oss-cn-hangzhou`; the signature names it without `oss-`. */
  readonly region: string;
}

export interface OssRequest {
  readonly method: string;
  /** Percent-decoded: `/bucket/key`. */
  readonly resource: string;
  /** Decoded; `null` for a name without a value. */
  readonly query: ReadonlyMap<string, string | null>;
  readonly headers: IncomingHttpHeaders;
}

export interface OssRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const SKEW_MS = 15 * 60_000;
const LONGEST_SECONDS = 7 * 24 * 3600;

/**
 * Checks an OSS V4 signature (OSS4-HMAC-SHA256) in the header or in the address, written from the vendor's description:
 * scope, canonical request with every `x-oss-*` header, content type and MD5, additional headers, and expiry.
 */
export function checkOssSignature(request: OssRequest, key: OssKey, now: number): OssRefusal | null {
  const claim = request.query.has("x-oss-signature") ? claimInQuery(request) : claimInHeader(request);
  if (!claim) return refusal(403, "AccessDenied", "Anonymous access is forbidden for this operation.");
  const [accessKeyId, day, region, product, end] = claim.credential.split("/");
  if (accessKeyId !== key.accessKeyId)
    return refusal(403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.");
  const ours = key.region.replace(/^oss-/, "");
  const scopeFits =
    region === ours && product === "oss" && end === "aliyun_v4_request" && claim.date.startsWith(`${day}T`);
  if (!scopeFits) return refusal(400, "InvalidArgument", "The credential scope is not valid.");

  const headers = signedHeaders(request.headers, claim.additional);
  if (headers === null) return refusal(400, "InvalidArgument", "An additional header is not in the request.");
  const canonical = [
    request.method,
    request.resource.split("/").map(encode).join("/"),
    canonicalQuery(request.query),
    headers,
    claim.additional.join(";"),
    claim.payload,
  ].join("\n");
  const toSign = [
    "OSS4-HMAC-SHA256",
    claim.date,
    `${day}/${region}/oss/aliyun_v4_request`,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  const derived = ["oss", "aliyun_v4_request"].reduce(
    hmac,
    [day ?? "", region ?? ""].reduce(hmac, Buffer.from(`aliyun_v4${key.accessKeySecret}`)),
  );
  const [right, given] = [hmac(derived, toSign), Buffer.from(claim.signature, "hex")];
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    return refusal(
      403,
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided.",
    );
  }

  const at = Date.parse(claim.date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(at)) return refusal(400, "InvalidArgument", "The date is not valid.");
  if (claim.seconds === null) {
    return Math.abs(now - at) > SKEW_MS
      ? refusal(
          403,
          "RequestTimeTooSkewed",
          "The difference between the request time and the current time is too large.",
        )
      : null;
  }
  if (!(claim.seconds >= 1 && claim.seconds <= LONGEST_SECONDS))
    return refusal(400, "AuthorizationQueryParametersError", "X-OSS-Expires is out of bounds.");
  if (now > at + claim.seconds * 1000) return refusal(403, "AccessDenied", "Request has expired.");
  return null;
}

interface Claim {
  readonly credential: string;
  readonly date: string;
  readonly signature: string;
  readonly additional: readonly string[];
  readonly payload: string;
  /** `null` in a header. */
  readonly seconds: number | null;
}

function claimInQuery({ query, headers }: OssRequest): Claim | null {
  if (query.get("x-oss-signature-version") !== "OSS4-HMAC-SHA256") return null;
  return {
    credential: query.get("x-oss-credential") ?? "",
    date: query.get("x-oss-date") ?? "",
    signature: query.get("x-oss-signature") ?? "",
    additional: listOf(query.get("x-oss-additional-headers")),
    payload: String(headers["x-oss-content-sha256"] ?? "UNSIGNED-PAYLOAD"),
    seconds: Number(query.get("x-oss-expires")),
  };
}

function claimInHeader({ headers }: OssRequest): Claim | null {
  const match = /^OSS4-HMAC-SHA256 (.+)$/.exec(headers.authorization ?? "");
  const fields = new Map(
    (match?.[1] ?? "").split(",").map((field) => field.trim().split(/=(.*)/s) as [string, string]),
  );
  const [credential, signature] = [fields.get("Credential"), fields.get("Signature")];
  if (!credential || !signature) return null;
  const date = String(headers["x-oss-date"] ?? "");
  const payload = String(headers["x-oss-content-sha256"] ?? "");
  return { credential, signature, date, additional: listOf(fields.get("AdditionalHeaders")), payload, seconds: null };
}

const listOf = (text: string | null | undefined) => (text ? text.toLowerCase().split(";") : []);

function signedHeaders(headers: IncomingHttpHeaders, additional: readonly string[]): string | null {
  const names = new Set(additional);
  if (additional.some((name) => headers[name] === undefined)) return null;
  for (const name of Object.keys(headers)) {
    if (name === "content-type" || name === "content-md5" || name.startsWith("x-oss-")) names.add(name);
  }
  return [...names]
    .sort()
    .map((name) => `${name}:${String(headers[name]).trim()}\n`)
    .join("");
}

function canonicalQuery(query: ReadonlyMap<string, string | null>): string {
  return [...query]
    .filter(([name]) => name !== "x-oss-signature")
    .map(([name, value]): [string, string] => [encode(name), value ? `=${encode(value)}` : ""])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => name + value)
    .join("&");
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const refusal = (status: number, code: string, message: string): OssRefusal => ({ status, code, message });
