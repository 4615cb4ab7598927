import { addDays, courtDayOf, nextWorkday } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { endOfDay } from "#modules/filing/index.ts";
import { computeDeadline, courtCalendar } from "#modules/reference/index.ts";
import { factsOf, type ServedBy } from "./events.ts";
import type { FeeNotice } from "./model.ts";
import { writeNotice } from "./move.ts";
import { SOON_DAYS } from "./store.ts";

/** Of the table of periods: seven days for each (诉讼费用交纳办法§22; 民诉法解释§199). */
export type PeriodRule = "交纳案件受理费" | "上诉交费" | "简易转普通补交";

/** How a notice is, or was, brought to its payer. */
export interface Service {
  /** The payer has confirmed an electronic address: what is sent there is served on the day it is sent. */
  readonly confirmed: boolean;
  readonly basis: string;
  readonly explanation: string;
}
export const serviceOf = (notice: { service: string | null }): Service | null =>
  notice.service === null ? null : (JSON.parse(notice.service) as Service);

/** When the seven days that begin with effective service end; a last day of rest moves them (民诉法§85). */
export function payPeriod(servedOn: string, rule: PeriodRule = "交纳案件受理费") {
  const { lastDay, nominalLastDay, provisional } = computeDeadline({ rule, eventDate: servedOn });
  return { dueOn: lastDay, nominalDueOn: nominalLastDay, provisional };
}

/** A day set by the court; one of rest moves to the first working day after it. */
export function setDay(day: string) {
  const { day: dueOn, provisional } = nextWorkday(courtCalendar, day);
  return { dueOn, nominalDueOn: day, provisional };
}

type Period = ReturnType<typeof payPeriod>;

/** Starts (or starts anew) the time to pay: row, event and the two timers. */
export async function startPeriod(
  work: Work,
  notice: FeeNotice,
  served: { servedOn: string; presumed: boolean },
  why: ServedBy,
  counted: Period = payPeriod(served.servedOn),
): Promise<void> {
  // 缓交 that was granted holds for what is asked for later, too.
  const isDeferred = notice.deferredOn != null && notice.deferredOn > counted.dueOn;
  const period = isDeferred && notice.deferredOn ? setDay(notice.deferredOn) : counted;
  await writeNotice(work, notice, { ...served, ...period });
  const facts = { ...factsOf(notice), dueOn: period.dueOn };
  await work.emit({ name: "fee.served", ...facts, why });
  await setTimers(work, notice, period.dueOn);
}

/**
 * A fresh period after something new was sent: from today where the payer has confirmed an electronic address; else the time
 * stands still until service is recorded, or the payer acts.
 */
export async function freshPeriod(work: Work, notice: FeeNotice, rule?: PeriodRule): Promise<void> {
  const today = courtDayOf(work.at);
  if (serviceOf(notice)?.confirmed)
    return startPeriod(work, notice, { servedOn: today, presumed: false }, "fresh", payPeriod(today, rule));
  await writeNotice(work, notice, {
    servedOn: null,
    presumed: false,
    dueOn: null,
    nominalDueOn: null,
    provisional: false,
  });
}

/** Who pays or asks for relief has received the notice: served on that day (在线诉讼规则§31(2)1). */
export async function servedByActing(work: Work, notice: FeeNotice): Promise<void> {
  if (notice.servedOn !== null || notice.state !== "open") return;
  await startPeriod(work, notice, { servedOn: courtDayOf(work.at), presumed: false }, "acting");
}

/** What a timer finds there when the day has changed meanwhile is not its own, and it does nothing. */
export async function setTimers(work: Work, notice: FeeNotice, dueOn: string): Promise<void> {
  const facts = { ...factsOf(notice), dueOn };
  const soon = new Date(`${addDays(dueOn, -SOON_DAYS)}T09:00:00+08:00`);
  if (soon > work.at) await work.emit({ name: "fee.due_soon", ...facts }, { dueAt: soon });
  await work.emit({ name: "fee.due", ...facts }, { dueAt: endOfDay(dueOn) });
}
