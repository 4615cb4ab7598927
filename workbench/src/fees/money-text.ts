/** What somebody typed as yuan, in fen; null for anything but a plain amount with at most two decimals. No floating point. */
export function fenOf(text: string): number | null {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text.replace(/[,，\s]/g, ""));
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** Fen as the decimal yuan string that the calculators take. */
export function yuanOf(fen: number): string {
  return `${Math.trunc(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
}

/** Fen as somebody would type it: whole yuan without decimals. */
export function typedYuan(fen: number | null): string {
  if (fen === null) return "";
  return fen % 100 === 0 ? String(fen / 100) : yuanOf(fen);
}

/** Percent typed by hand as the ratio the server takes ("30" → "0.30"); null below 30 or above 99 (§46). */
export function ratioOf(percent: string): string | null {
  if (!/^\d{2}$/.test(percent.trim())) return null;
  const whole = Number(percent);
  return whole >= 30 && whole <= 99 ? `0.${whole}` : null;
}
