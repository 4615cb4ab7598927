/** How often one clerk does a thing, beside the others of the court. */
export interface Share {
  readonly staffId: string;
  /** Decisions in which it was done. */
  readonly done: number;
  /** All decisions of this clerk. */
  readonly of: number;
}
export interface Compared extends Share {
  readonly rate: number;
  readonly othersRate: number;
  /** How many standard deviations from the others; null where there is too little to say anything. */
  readonly z: number | null;
  readonly flagged: boolean;
}

/** Fewer decisions than these, or fewer than five expected of either kind, and chance alone explains a difference. */
const LEAST_DECISIONS = 30;
const LEAST_EXPECTED = 5;
export const SIGMA = 2;

/**
 * 一致性: the two-proportion test. With p1 = x1/n1 of a clerk, p2 = x2/n2 of all others and p = (x1+x2)/(n1+n2) together,
 *
 *   z = (p1 − p2) / √( p(1−p)(1/n1 + 1/n2) )
 *
 * and |z| > 2 is flagged: a reason to look together at the cases, no verdict. The normal approximation needs n·p ≥ 5 and
 * n·(1−p) ≥ 5 on both sides; below that, or below thirty decisions, nothing is said (z = null). Of a hundred honest
 * comparisons about five are flagged by chance.
 */
export function compareShares(shares: readonly Share[]): Compared[] {
  const all = shares.reduce((sum, one) => ({ done: sum.done + one.done, of: sum.of + one.of }), { done: 0, of: 0 });
  return shares.map((one) => {
    const others = { done: all.done - one.done, of: all.of - one.of };
    const [rate, othersRate] = [ratio(one.done, one.of), ratio(others.done, others.of)];
    const together = ratio(all.done, all.of);
    const enough = [one.of, others.of].every(
      (n) => n >= LEAST_DECISIONS && n * together >= LEAST_EXPECTED && n * (1 - together) >= LEAST_EXPECTED,
    );
    const spread = Math.sqrt(together * (1 - together) * (1 / one.of + 1 / others.of));
    const z = enough && spread > 0 ? (rate - othersRate) / spread : null;
    return { ...one, rate, othersRate, z, flagged: z !== null && Math.abs(z) > SIGMA };
  });
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The value below which a share of the counted lies (nearest rank); null where nothing was counted. */
export function percentile(
  counted: readonly (readonly [value: number, count: number])[],
  share: number,
): number | null {
  const all = counted.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return null;
  const rank = Math.ceil(share * all);
  let seen = 0;
  for (const [value, count] of [...counted].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= rank) return value;
  }
  return null;
}
