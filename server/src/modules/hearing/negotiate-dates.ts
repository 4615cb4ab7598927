import { SYSTEM } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import type { Hearing } from "./model.ts";
import { slotsForCase } from "./slots-case.ts";
import { noticeDays } from "./slots-notice.ts";
import { seatsOf } from "./store.ts";

/** Two sittings lie a month apart at most (法释〔2019〕4号§5). */
const HORIZON_DAYS = 30;
/** People answer before the notice begins. */
const ANSWER_DAYS = 4;
const LOOK_AT = 60;
const MORNING_UNTIL_HOUR = 12;

/**
 * So many dates that suit everybody as far as is known, each on a day of its own, mornings and afternoons mixed, the best first;
 * fewer or none where there are not so many. `not`: moments that were struck before. Nothing is booked by this.
 */
export async function findDates(
  work: Work,
  { database }: Means,
  hearing: Hearing,
  { count, not }: { readonly count: number; readonly not: readonly Date[] },
): Promise<{ startsAt: Date; roomId: string | null }[]> {
  const inside = within(work, database);
  const courtCase = await findCaseRow(inside, SYSTEM, String(hearing.caseId));
  const today = courtDayOf(work.at);
  const hearingId = String(hearing.id);
  const { items } = await slotsForCase(inside, courtCase, {
    kind: hearing.kind,
    mode: hearing.mode,
    minutes: hearing.minutes,
    from: addDays(today, ANSWER_DAYS + noticeDays(hearing.kind, courtCase.trialProcedure)),
    to: addDays(today, HORIZON_DAYS),
    now: work.at,
    language: hearing.interpreter ?? null,
    moving: { hearingId, seats: await seatsOf(work, hearingId) },
    most: LOOK_AT,
  });
  const struck = new Set(not.map((at) => at.getTime()));
  const struckDays = new Set(not.map(courtDayOf));
  const open = items.filter(({ startsAt }) => !struck.has(startsAt.getTime()));
  // A day on which one time was struck is mostly struck whole.
  const ranked = [...open].sort(
    (one, other) =>
      Number(struckDays.has(courtDayOf(one.startsAt))) - Number(struckDays.has(courtDayOf(other.startsAt))),
  );
  const chosen: { startsAt: Date; roomId: string | null }[] = [];
  const take = (wantsMorning: boolean | null): void => {
    const days = new Set(chosen.map(({ startsAt }) => courtDayOf(startsAt)));
    const found = ranked.find(
      ({ startsAt }) =>
        !days.has(courtDayOf(startsAt)) && (wantsMorning === null || isMorning(startsAt) === wantsMorning),
    );
    if (found) chosen.push({ startsAt: found.startsAt, roomId: found.room?.id ?? null });
    else if (wantsMorning !== null) take(null);
  };
  for (let n = 0; n < count; n += 1) take(n % 2 === 0);
  return chosen.sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

const isMorning = (at: Date): boolean => new Date(at.getTime() + 8 * 3_600_000).getUTCHours() < MORNING_UNTIL_HOUR;
