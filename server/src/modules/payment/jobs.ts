import { SYSTEM } from "#core/actor.ts";
import { addDays } from "#core/period.ts";
import { GatewayError } from "#gateways/payments/port.ts";
import type { Job, Means } from "#modules/module.ts";
import { raiseAlarm } from "./alarms.ts";
import { askPayments } from "./ask.ts";
import { lastBilledDay, reconcile } from "./reconcile.ts";
import { sendRefunds } from "./send-refunds.ts";

/** Days back that are made up for, where the worker or WeChat was away. */
const MADE_UP = 3;
/** By then a bill that did not come is for people to ask about. */
const LATE_HOUR = 14;

export function paymentJobs(means: Means): readonly Job[] {
  return [
    { name: "ask-payments", everySeconds: 1, run: async () => void (await askPayments(means)) },
    { name: "send-refunds", everySeconds: 1, run: async () => void (await sendRefunds(means)) },
    { name: "reconcile", everySeconds: 600, run: () => reconcileDue(means) },
  ];
}

/** Reconciles the days whose bill can be had and was not looked at yet, from the first day anybody paid. */
export async function reconcileDue(means: Means): Promise<void> {
  const { database, clock, transact, logger } = means;
  const [row] = await database.read<{ now: Date }>("SELECT UTC_TIMESTAMP(3) AS now");
  const now = clock.shifted(row?.now ?? new Date());
  const last = lastBilledDay(now);
  for (let back = MADE_UP - 1; back >= 0; back -= 1) {
    const day = addDays(last, -back);
    const until = new Date(`${addDays(day, 1)}T00:00:00+08:00`);
    const [[done], [order]] = await Promise.all([
      database.read("SELECT day FROM reconciliation WHERE day = ?", [day]),
      database.read("SELECT id FROM payment WHERE created_at < ? ORDER BY id LIMIT 1", [until]),
    ]);
    if (done || !order) continue;
    try {
      await reconcile(means, day);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      logger.warn({ err: error, day }, "no bill");
      if (now < new Date(`${addDays(day, 1)}T${LATE_HOUR}:00:00+08:00`)) continue;
      const alarm = {
        kind: "bill_unavailable",
        source: day,
        courtCode: null,
        orderNumber: null,
        facts: { day },
      } as const;
      await transact(SYSTEM, (work) => raiseAlarm(work, means, alarm), { repeatable: true });
    }
  }
}
