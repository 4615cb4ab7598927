import { addDays } from "#core/period.ts";
import type { Outlook } from "#modules/service/index.ts";

/** 民诉法§139: parties and others are told three days before the sitting. */
const NOTICE_DAYS = 3;
/** Three whole days between the day of service and that of the sitting: nobody then argues about how they are counted. */
const STRICT = 1;
/** Until a summons has most likely taken effect; 公告 has its thirty days (民诉法§95). */
const DELIVERY_DAYS: Readonly<Record<Outlook, number>> = { electronic: 0, paper: 7, public_notice: 30 };

/** Days that must lie between telling and sitting: three for a trial, unless the procedure is a simple one (民诉法§139, §162, §168). */
export function noticeDays(kind: string, procedure: string | null): number {
  if (kind !== "trial" || procedure === "summary" || procedure === "small") return 0;
  return NOTICE_DAYS;
}

/**
 * The first day on which a sitting can be expected to have been served in time on everybody. Simple procedures summon by any
 * simple way (民诉法§162), from one day to the next; public notice takes its time in all.
 */
export function earliestDay(
  today: string,
  kind: string,
  procedure: string | null,
  outlooks: Iterable<Outlook>,
): string {
  const notice = noticeDays(kind, procedure);
  const days = [...outlooks].map((outlook) =>
    notice > 0
      ? DELIVERY_DAYS[outlook] + notice + STRICT
      : outlook === "public_notice"
        ? DELIVERY_DAYS.public_notice + STRICT
        : STRICT,
  );
  return addDays(today, Math.max(STRICT, ...days));
}
