import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";

/**
 * Personal data at rest: AES-256-GCM, bound to its row by the additional data, with the id of its key in front so
 * that keys can be changed every year; equality search goes through a keyed index under a key of its own
 * (Personal Information Protection Law §51; reliability rule 36).
 *
 * Sealed form: version 1 (1 byte) · key id (1 byte) · nonce (12) · tag (16) · ciphertext.
 */
export interface Vault {
  /** `boundTo` names the row (`filing:3f0c…`); opening it elsewhere fails. */
  seal(plain: string, boundTo: string): Buffer;
  open(sealed: Buffer, boundTo: string): string;
  /** 64 hex digits: equal values of one kind give equal indexes, and nothing else can be learnt without the key. */
  index(kind: string, value: string): string;
}

export interface VaultKeys {
  /** Key id 1–255 → 32 bytes; the highest id seals, all of them open. */
  readonly data: ReadonlyMap<number, Buffer>;
  readonly index: Buffer;
}

const VERSION = 1;
const HEADER = 2 + 12 + 16;

export function openVault(keys: VaultKeys): Vault {
  const data = new Map<number, KeyObject>([...keys.data].map(([keyId, key]) => [keyId, createSecretKey(key)]));
  const current = Math.max(...data.keys());
  const indexKey = createSecretKey(keys.index);
  return {
    seal(plain, boundTo) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", data.get(current) as KeyObject, nonce);
      cipher.setAAD(Buffer.from(boundTo, "utf8"));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION, current]), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, boundTo) {
      const key = data.get(sealed[1] ?? 0);
      if (sealed[0] !== VERSION || !key || sealed.length < HEADER)
        throw new Error("sealed value: unknown version or key");
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(2, 14), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(boundTo, "utf8"));
      decipher.setAuthTag(sealed.subarray(14, HEADER));
      return Buffer.concat([decipher.update(sealed.subarray(HEADER)), decipher.final()]).toString("utf8");
    },
    index: (kind, value) => createHmac("sha256", indexKey).update(`${kind}\0${value}`, "utf8").digest("hex"),
  };
}
