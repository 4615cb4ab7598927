const HOUR_MS = 3_600_000;
/** How long parties may have to strike dates. */
export const answerHours: readonly number[] = [24, 48, 72, 120, 168];

/** Until when dates may be answered: so long from now, but at least a day before the first of them. Null: there is no such time. */
export function answerBy(now: number, hours: number, options: readonly { startsAt: string }[]): string | null {
  if (options.length === 0) return null;
  const first = Math.min(...options.map(({ startsAt }) => Date.parse(startsAt)));
  const end = Math.min(now + hours * HOUR_MS, first - 24 * HOUR_MS);
  // On the full quarter: nobody reads "until 14:07:33".
  const quarter = Math.floor(end / (15 * 60_000)) * 15 * 60_000;
  return quarter > now + HOUR_MS ? new Date(quarter).toISOString() : null;
}
