import { createPublicKey, createSign, type KeyObject } from "node:crypto";

export interface CertificateFacts {
  /** Hexadecimal. */
  readonly serial: string;
  readonly privateKey: KeyObject;
  readonly from: Date;
  readonly until: Date;
}

/** A certificate of the kind WeChat hands out (X.509, RSA, SHA-256), signed by itself. Node can read but not make one. */
export function makeCertificate({ serial, privateKey, from, until }: CertificateFacts): string {
  const algorithm = sequence(Buffer.from("06092a864886f70d01010b0500", "hex"));
  const name = sequence(
    tagged(0x31, sequence(Buffer.from("0603550403", "hex"), tagged(0x0c, Buffer.from("Tenpay.com sandbox")))),
  );
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.from(serial, "hex")),
    algorithm,
    name,
    sequence(time(from), time(until)),
    name,
    createPublicKey(privateKey).export({ type: "spki", format: "der" }),
  );
  const signature = createSign("RSA-SHA256").update(body).sign(privateKey);
  const whole = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}
const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, ...parts);
/** Unsigned: a first byte that would mean minus gets a zero before it. */
const integer = (value: Buffer): Buffer =>
  tagged(0x02, (value[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), value]) : value);
const time = (at: Date): Buffer => tagged(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`));
