const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A random UUID (version 4) for `Idempotency-Key`: one for each thing the person does, kept for its retries. */
export function newIdempotencyKey(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A short key for an element of a list in the draft, such as `p4k9x1m2q7a`; `first` tells people and claims apart. */
export function newKey(first: string): string {
  return first + Array.from(randomBytes(10), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  // WeChat's runtime has no `crypto`; these keys only need to differ, not to be secret.
  if (typeof crypto !== "undefined" && typeof crypto.getRandomValues === "function") crypto.getRandomValues(bytes);
  else for (let i = 0; i < length; i++) bytes[i] = Math.floor(Math.random() * 256);
  return bytes;
}
