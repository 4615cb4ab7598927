import { inBites } from "#core/database.ts";
import type { Means } from "#modules/module.ts";

/** Money of which nobody knows yet whether it is where it belongs. */
export interface Unsettled {
  readonly alarms: number;
  readonly differences: number;
  /** Orders that should have been asked about by now. */
  readonly late: number;
  /** The last day that was reconciled. */
  readonly reconciledDay: string | null;
}

const LATE_MS = 10 * 60_000;

export async function unsettledPayments({ database }: Means, now: Date): Promise<Unsettled> {
  const [row] = await database.read<Unsettled>(
    `SELECT (SELECT COUNT(*) FROM payment_alarm WHERE resolved_at IS NULL) AS alarms,
            (SELECT COUNT(*) FROM reconciliation_difference WHERE state = 'open') AS differences,
            (SELECT COUNT(*) FROM payment WHERE ask_at < ?) AS late,
            (SELECT MAX(day) FROM reconciliation) AS reconciledDay`,
    [new Date(now.getTime() - LATE_MS)],
  );
  const count = (value: unknown) => Number(value ?? 0);
  return {
    alarms: count(row?.alarms),
    differences: count(row?.differences),
    late: count(row?.late),
    reconciledDay: row?.reconciledDay ?? null,
  };
}

/** What opens an order at WeChat is of no use once the order has long expired. */
export const forgetOpenings = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "UPDATE payment SET opening = NULL WHERE opening IS NOT NULL AND expires_at < ?", [before]);
