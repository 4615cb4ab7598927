import { createHash } from "node:crypto";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A resident number that is well formed and belongs to nobody (370199 is no district), always the same for a text. */
export function idNumberOf(text: string): string {
  const digest = createHash("sha256").update(text).digest();
  const day = new Date(Date.UTC(1960, 0, 1) + (digest.readUInt32BE(0) % 14_000) * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .replaceAll("-", "");
  const seventeen = `370199${day}${String(digest.readUInt32BE(4) % 1000).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(seventeen[at]), 0);
  return seventeen + "10X98765432"[sum % 11];
}
