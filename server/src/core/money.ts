/** An exact amount: a fraction of fen, kept unrounded until `roundHalfUp`. `over` is always positive. */
export interface Exact {
  readonly fen: bigint;
  readonly over: bigint;
}

/** DECIMAL(15,2): thirteen digits of yuan and two of fen; every such amount is a safe integer in fen. */
const YUAN = /^(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?$/;

/** Fen of a decimal yuan string such as `"1234.5"`; null for anything else (signs, exponents, full-width, spaces, three decimals). */
export function parseYuan(text: string): number | null {
  const parts = YUAN.exec(text);
  if (parts === null) return null;
  return Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0"));
}

/** A yuan string with two decimals: `123450` → `"1234.50"`. Throws RangeError for what is not a safe integer. */
export function formatYuan(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError("an amount in fen must be a safe integer");
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A yuan amount as people read it: `1,234.50元`. */
export function readableYuan(fen: number): string {
  const [yuan = "", rest] = formatYuan(fen).split(".");
  return `${yuan.replace(/\B(?=(\d{3})+$)/g, ",")}.${rest}元`;
}

/** A decimal such as `"0.30"` as an exact fraction; null when it is not a plain non-negative decimal of at most six places. */
export function parseFraction(text: string): Exact | null {
  const parts = /^(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,6}))?$/.exec(text);
  if (parts === null) return null;
  const decimals = parts[2] ?? "";
  return { fen: BigInt(`${parts[1]}${decimals}`), over: 10n ** BigInt(decimals.length) };
}

export function exact(fen: number | bigint): Exact {
  return { fen: BigInt(fen), over: 1n };
}

export function plus(a: Exact, b: Exact): Exact {
  if (a.over === b.over) return { fen: a.fen + b.fen, over: a.over };
  return { fen: a.fen * b.over + b.fen * a.over, over: a.over * b.over };
}

export function minus(a: Exact, b: Exact): Exact {
  return plus(a, { fen: -b.fen, over: b.over });
}

/** `times(a, 1, 2)` is the half of a. */
export function times(a: Exact, numerator: number | bigint, denominator: number | bigint = 1n): Exact {
  return { fen: a.fen * BigInt(numerator), over: a.over * BigInt(denominator) };
}

export function isMore(a: Exact, b: Exact): boolean {
  return a.fen * b.over > b.fen * a.over;
}

/** The nearest whole fen, halves away from zero. The only place where an amount is rounded. */
export function roundHalfUp(a: Exact): number {
  const negative = a.fen < 0n;
  const size = negative ? -a.fen : a.fen;
  const whole = (2n * size + a.over) / (2n * a.over);
  const fen = Number(negative ? -whole : whole);
  if (!Number.isSafeInteger(fen)) throw new RangeError("the amount is beyond what a safe integer of fen can hold");
  return fen;
}
