import chineseDays from "chinese-days";
import { addDays, type Calendar, type DayStatus, weekdayOf } from "#core/period.ts";
import { problem } from "./problems.ts";
import { readData } from "./read-data.ts";

interface Holidays {
  readonly version: string;
  readonly years: Readonly<Record<string, { rest: readonly string[]; makeup: readonly string[] }>>;
  /** Single days decided otherwise after a notice was published (e.g. an extended holiday). They win. */
  readonly overrides: readonly { day: string; working: boolean; basis: string }[];
}

const holidays = readData<Holidays>("holidays");

/** The years that the chinese-days package knows besides ours; later and earlier ones are unknown, never guessed. */
const OLDER_FROM = 2004;
const OLDER_TO = 2024;

const decided = new Map<string, boolean>();
for (const { rest, makeup } of Object.values(holidays.years)) {
  for (const day of rest) decided.set(day, false);
  for (const day of makeup) decided.set(day, true);
}
for (const { day, working } of holidays.overrides) decided.set(day, working);

/**
 * The court's working days: 国务院办公厅's yearly notice (days of rest and weekends worked in exchange); weekends else.
 * A year without a notice is judged by the weekday and says so (`known: false`).
 */
export const courtCalendar: Calendar = {
  version: `${holidays.version}；2004–2024 年据 chinese-days 1.5.7`,
  statusOf(day: string): DayStatus {
    const set = decided.get(day);
    if (set !== undefined) return { working: set, known: true };
    const year = Number(day.slice(0, 4));
    if (Object.hasOwn(holidays.years, day.slice(0, 4))) return { working: isWeekday(day), known: true };
    if (year >= OLDER_FROM && year <= OLDER_TO) return { working: chineseDays.isWorkday(day), known: true };
    return { working: isWeekday(day), known: false };
  },
};

function isWeekday(day: string): boolean {
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6;
}

const MOST_DAYS = 62;

/** The days from `from` to `to`, both counted, and on which of them the courts work. Throws 422 `reference.span`. */
export function listCourtDays(from: string, to: string) {
  if (to < from || addDays(from, MOST_DAYS - 1) < to) throw problem("reference.span");
  const items: { day: string; working: boolean; provisional: boolean }[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { working, known } = courtCalendar.statusOf(day);
    items.push({ day, working, provisional: !known });
  }
  return { version: courtCalendar.version, items };
}
