import { addWorkdays, type Calendar, courtDayOf } from "#core/period.ts";

/** 下班: the moment a court day ends for whoever waits for an answer. */
const DAY_ENDS = "18:00:00+08:00";
export const endOfDay = (day: string): Date => new Date(`${day}T${DAY_ENDS}`);

/** The end of the last of so many working days after the day of `from`, which is not counted itself (民诉法§85). */
export const dueAfter = (calendar: Calendar, from: Date, workdays: number): Date =>
  endOfDay(addWorkdays(calendar, courtDayOf(from), workdays).day);

/** When each rung of the ladder is due: the first with the answer itself, the second so many working days later. */
export const rungsOf = (calendar: Calendar, dueAt: Date, ladderDays: number): readonly [Date, Date] => [
  dueAt,
  dueAfter(calendar, dueAt, ladderDays),
];
export const LAST_RUNG = 2;

const WEEKDAYS = "日一二三四五六";
/** `11月27日（周五）`; with the year where it is not this one. */
export function spokenDay(moment: Date, now: Date): string {
  const [day, today] = [courtDayOf(moment), courtDayOf(now)];
  const [year, month, date] = day.split("-").map(Number);
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
  return `${today.startsWith(`${year}-`) ? "" : `${year}年`}${month}月${date}日（周${weekday}）`;
}

/** Who is awaited and by when, in plain words: what a person looks for first. */
export function awaitedText(awaiting: "court" | "party" | "nobody", dueAt: Date, now: Date): string {
  const day = spokenDay(dueAt, now);
  if (awaiting === "court") {
    return dueAt > now ? `法院应在 ${day}下班前答复` : `法院本应在 ${day}下班前答复，已经逾期，系统已自动逐级催办`;
  }
  if (awaiting === "party") return `法院已答复。您可以在 ${day}下班前继续留言，届时没有新的留言将自动结束`;
  return dueAt > now ? `已结束。${day}下班前可以继续留言，重新打开` : "已结束。如有新的问题，请新建一次咨询";
}
