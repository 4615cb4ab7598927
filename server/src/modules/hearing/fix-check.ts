import { addDays, courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { holdCaseFor } from "#modules/case/index.ts";
import type { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import type { Seat } from "./store.ts";

const MINUTE_MS = 60_000;
/** 民诉法§139: parties and others are told three days before the sitting. */
export const NOTICE_DAYS = 3;

export const endOf = (startsAt: Date, minutes: number): Date => new Date(startsAt.getTime() + minutes * MINUTE_MS);

/**
 * Whether a time may be fixed: ahead, on full quarters, within one day, with time to tell everybody. Throws 422 `hearing.time`,
 * `hearing.notice`. That nobody is taken is not asked here: the booking itself makes sure.
 */
export async function checkFixed(
  work: Work,
  hearing: Hearing,
  _seats: readonly Seat[],
  startsAt: Date,
  endsAt: Date,
  _roomId: string | null,
): Promise<void> {
  const day = courtDayOf(startsAt);
  const isSameDay = courtDayOf(new Date(endsAt.getTime() - 1)) === day;
  if (!(startsAt > work.at) || startsAt.getTime() % 900_000 !== 0 || !isSameDay) throw problem("hearing.time");
  const courtCase = await holdCaseFor(work, String(hearing.caseId), { anyway: true });
  if (day < addDays(courtDayOf(work.at), noticeDays(hearing.kind, courtCase.trialProcedure)))
    throw problem("hearing.notice");
}

/** How many days lie between telling and sitting: three for a trial, unless the procedure is a simple one (民诉法§139, §162, §168). */
export function noticeDays(kind: string, procedure: string | null): number {
  if (kind !== "trial" || procedure === "summary" || procedure === "small") return 0;
  return NOTICE_DAYS;
}
