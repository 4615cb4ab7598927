import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/**
 * 电子送达凭证, which is the 送达回证 (在线诉讼规则§31): a PDF that carries its facts as JSON and an Ed25519 signature, so that anybody
 * with the court's public key can tell, without any network, that neither the page nor the facts were changed.
 *
 * The file is the printed PDF, then comment lines (readers of PDF pass over them), then the PDF's own end once more:
 * `%SUTONG-SERVICE-CERTIFICATE-1`, `%facts <base64>`, `%signature <base64>`, `startxref`, its number, `%%EOF`. The facts name the
 * hash of the PDF in front of them; the signature is over the facts. There is one way to write it: any other byte is refused.
 */
const MARK = "%SUTONG-SERVICE-CERTIFICATE-1";

export interface CertificateFacts {
  readonly version: 1;
  readonly number: string;
  readonly keyId: string;
  readonly court: { readonly code: string; readonly name: string };
  readonly caseNumber: string;
  readonly title: string;
  readonly documents: readonly { readonly title: string; readonly sha256: string; readonly bytes: number }[];
  readonly recipient: { readonly name: string; readonly side: string };
  readonly consent: string;
  readonly attempts: readonly {
    readonly channel: string;
    readonly address: string;
    readonly confirmed: boolean;
    readonly sentAt: string;
    readonly arrivedAt: string | null;
    readonly readAt: string | null;
    readonly repliedAt: string | null;
    readonly facts: readonly { readonly label: string; readonly value: string }[];
    readonly effectiveOn: string | null;
  }[];
  readonly effect: {
    readonly on: string;
    readonly presumed: boolean;
    readonly basis: string;
    readonly explanation: string;
  };
  readonly issuedAt: string;
}
type Sealed = CertificateFacts & { readonly pdfSha256: string };

const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The key of a seed of 32 bytes, as it stands in the configuration (Base64). */
export const signingKey = (seed: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, Buffer.from(seed, "base64")]), format: "der", type: "pkcs8" });

export interface PublicKey {
  /** The 32 bytes, Base64. */
  readonly publicKey: string;
  readonly keyId: string;
  readonly pem: string;
}
export function publicKeyOf(key: KeyObject): PublicKey {
  const shown = key.type === "private" ? createPublicKey(key) : key;
  const raw = shown.export({ format: "der", type: "spki" }).subarray(-32);
  return {
    publicKey: raw.toString("base64"),
    keyId: sha256(raw).slice(0, 16),
    pem: String(shown.export({ format: "pem", type: "spki" })),
  };
}
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");
/** A public key as `publicKeyOf` shows it: Base64 of 32 bytes, or PEM. */
export function readPublicKey(text: string): KeyObject {
  if (text.includes("BEGIN PUBLIC KEY")) return createPublicKey(text);
  const raw = Buffer.from(text.trim(), "base64");
  if (raw.length !== 32) throw new Error("a public key is 32 bytes in Base64, or PEM");
  return createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: "der", type: "spki" });
}

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Puts facts and signature behind a printed PDF. */
export function sealCertificate(pdf: Buffer, facts: CertificateFacts, key: KeyObject): Buffer {
  const body = Buffer.from(JSON.stringify({ ...facts, pdfSha256: sha256(pdf) } satisfies Sealed), "utf8");
  return Buffer.concat([pdf, tailOf(pdf, body, sign(null, body, key))]);
}

function tailOf(pdf: Buffer, body: Buffer, signature: Buffer): Buffer {
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.subarray(-1024).toString("latin1"))?.[1];
  if (start === undefined) throw new Error("not a whole PDF");
  const lines = [
    MARK,
    `%facts ${body.toString("base64")}`,
    `%signature ${signature.toString("base64")}`,
    "startxref",
    start,
    "%%EOF",
  ];
  return Buffer.from(`\n${lines.join("\n")}\n`, "latin1");
}

export type Checked =
  | { readonly genuine: true; readonly facts: CertificateFacts }
  | { readonly genuine: false; readonly reason: string };

/** Whether every byte of a certificate is as it was sealed. Never throws for a file that is not. */
export function checkCertificate(file: Buffer, key: KeyObject): Checked {
  const wrong = (reason: string): Checked => ({ genuine: false, reason });
  const at = file.lastIndexOf(`\n${MARK}\n`);
  if (at < 0) return wrong("文件中没有送达凭证信息");
  const pdf = file.subarray(0, at);
  const lines = file
    .subarray(at + 1)
    .toString("latin1")
    .split("\n");
  const body = Buffer.from(lines[1]?.replace(/^%facts /, "") ?? "", "base64");
  const signature = Buffer.from(lines[2]?.replace(/^%signature /, "") ?? "", "base64");
  if (signature.length !== 64 || !verify(null, body, key, signature))
    return wrong("签名与内容不符：送达信息被改动，或者不是用这把公钥对应的密钥签发");
  const { pdfSha256, ...facts } = JSON.parse(body.toString("utf8")) as Sealed;
  if (pdfSha256 !== sha256(pdf)) return wrong("凭证的页面被改动");
  let tail: Buffer;
  try {
    tail = tailOf(pdf, body, signature);
  } catch {
    return wrong("凭证的页面不完整");
  }
  if (!tail.equals(file.subarray(at))) return wrong("凭证的结尾被改动");
  return { genuine: true, facts };
}

/** Whether this is, byte for byte, a document that the certificate names; its title, or null. */
export const documentNamed = ({ documents }: CertificateFacts, file: Buffer): string | null =>
  documents.find((one) => one.sha256 === sha256(file) && one.bytes === file.length)?.title ?? null;
