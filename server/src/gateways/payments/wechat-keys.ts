import { createPublicKey, type KeyObject, X509Certificate } from "node:crypto";

/**
 * The keys by which WeChat signs, by serial. It is the only list that is believed: a serial that is not in it is a
 * stranger's, whatever it says. A `Map`, so that no serial (`__proto__`) can mean anything else.
 */
export interface PlatformKeys {
  /** The key of this serial where it may be used at this moment. */
  find(serial: string, at: number): KeyObject | null;
  /** Whether any key may be used at this moment. */
  any(at: number): boolean;
}

/** What `/v3/certificates` gave for one certificate, decrypted. */
export interface PlatformCertificate {
  readonly serial: string;
  readonly key: KeyObject;
  readonly from: number;
  readonly until: number;
}

/** Public-key mode: WeChat has one key for this merchant, which does not expire. */
export function publicKey(id: string, pem: string): PlatformKeys {
  const key = rsaKey(createPublicKey(pem));
  return { find: (serial) => (serial === id ? key : null), any: () => true };
}

/** Certificate mode: keys come and go as WeChat renews its certificates. */
export function certificateKeys(): PlatformKeys & { learn(certificates: readonly PlatformCertificate[]): void } {
  let known = new Map<string, PlatformCertificate>();
  const valid = (one: PlatformCertificate | undefined, at: number) => one && one.from <= at && at < one.until;
  return {
    find(serial, at) {
      const found = known.get(serial);
      return found && valid(found, at) ? found.key : null;
    },
    any: (at) => [...known.values()].some((one) => valid(one, at)),
    /** WeChat's list replaces ours: a certificate that was withdrawn is gone. */
    learn(certificates) {
      known = new Map(certificates.map((one) => [one.serial, one]));
    },
  };
}

/** Reads one certificate; throws where it is not the one it is said to be. */
export function readCertificate(serial: string, pem: string): PlatformCertificate {
  const certificate = new X509Certificate(pem);
  if (certificate.serialNumber.toUpperCase() !== serial.toUpperCase()) throw new Error("certificate of another serial");
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  if (!(from < until)) throw new Error("certificate without a time of validity");
  return { serial, key: rsaKey(certificate.publicKey), from, until };
}

function rsaKey(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== "rsa" || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    throw new Error("not an RSA key of at least 2048 bits");
  return key;
}

/** A PEM as it stands in a setting: as it is, with `\n` written out, or the whole of it once more in Base64. */
export function pemOf(setting: string): string {
  const text = setting.includes("-----BEGIN") ? setting : Buffer.from(setting, "base64").toString("utf8");
  return text.replaceAll("\\n", "\n").trim();
}
