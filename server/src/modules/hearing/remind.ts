import type { Work } from "#core/work.ts";
import type { Hearing } from "./model.ts";

/** When people are reminded: so long before the sitting. Days come at nine in the morning, or at the hour of the sitting where that is earlier. */
export const REMINDERS = {
  "7d": { days: 7, text: "7 天后" },
  "3d": { days: 3, text: "3 天后" },
  "1d": { days: 1, text: "明天" },
  "1h": { days: 0, text: "1 小时后" },
} as const;
export type Before = keyof typeof REMINDERS;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MORNING_MS = 9 * HOUR_MS;
const OFFSET_MS = 8 * HOUR_MS;

/** The moments of the reminders of a sitting that still lie ahead. */
export function remindersOf(startsAt: Date, now: Date): { readonly before: Before; readonly at: Date }[] {
  const local = startsAt.getTime() + OFFSET_MS;
  const timeOfDay = local % DAY_MS;
  return (Object.keys(REMINDERS) as Before[])
    .map((before) => {
      const { days } = REMINDERS[before];
      const at =
        days === 0
          ? startsAt.getTime() - HOUR_MS
          : local - timeOfDay - OFFSET_MS - days * DAY_MS + Math.min(MORNING_MS, timeOfDay);
      return { before, at: new Date(at) };
    })
    .filter(({ at }) => at > now);
}

/** Sets the timers of a time that was just fixed. Those of an earlier time find another one there, and say nothing. */
export async function setReminders(work: Work, hearing: Hearing): Promise<void> {
  const startsAt = hearing.startsAt as Date;
  const { id, courtCode, caseId, kind, mode } = hearing;
  const facts = { about: `hearing:${id}`, courtCode, hearingId: String(id), caseId: String(caseId), kind, mode };
  for (const { before, at } of remindersOf(startsAt, work.at))
    await work.emit({ name: "hearing.reminder", ...facts, startsAt: startsAt.toISOString(), before }, { dueAt: at });
}
