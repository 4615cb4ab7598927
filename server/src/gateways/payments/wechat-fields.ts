/** WeChat's rule for numbers of ours: 6 to 32 (refunds 64) letters, digits, `_`, `-`, `|`, `*`. */
export function numbered(value: string, longest = 32): string {
  if (!/^[A-Za-z0-9_|*-]+$/.test(value) || value.length < 6 || value.length > longest)
    throw new TypeError("not a number WeChat takes");
  return value;
}
/** The library puts numbers into paths as they are. */
export const inPath = (value: string, longest = 32): string => encodeURIComponent(numbered(value, longest));

export function money(fen: number): number {
  if (!Number.isSafeInteger(fen) || fen < 1) throw new TypeError("not an amount that can be moved");
  return fen;
}

/** Cut to so many bytes, between characters. */
export function shortened(text: string, bytes: number): string {
  let cut = "";
  for (const letter of text) {
    if (Buffer.byteLength(cut + letter) > bytes) break;
    cut += letter;
  }
  return cut;
}

/** WeChat's moments are of Shanghai. */
export const shanghai = (at: Date): string =>
  `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
