/**
 * Periods of procedure law: 民事诉讼法 §85, 民诉法解释 §125, 民法典 §201–203. A court day is `YYYY-MM-DD` in Asia/Shanghai,
 * whatever the zone of the machine. The start day is not counted; a last day that is a statutory day of rest moves to the
 * first day after it, days of rest in between do not lengthen anything.
 */
export type Unit = "hour" | "day" | "month" | "year";

/** What a calendar knows of one day. `known` is false where no notice of that year's holidays was published yet. */
export interface DayStatus {
  readonly working: boolean;
  readonly known: boolean;
}

export interface Calendar {
  readonly version: string;
  statusOf(day: string): DayStatus;
}

export interface Landing {
  readonly day: string;
  /** True when a day was judged by its weekday only, for want of the year's calendar: the result may still change. */
  readonly provisional: boolean;
}

export interface Period {
  readonly unit: "day" | "month" | "year";
  readonly amount: number;
  /** Days that the law does not count (扣除审限), appended to the end. */
  readonly excludedDays?: number;
  readonly roll: boolean;
}

export interface PeriodEnd {
  readonly lastDay: string;
  readonly nominalLastDay: string;
  readonly provisional: boolean;
}

export interface LocalMoment {
  readonly day: string;
  readonly hour: number;
  readonly minute: number;
}

const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;
/** Since then China keeps UTC+8 all year (the summer time of 1986–1991 had ended). */
const FIXED_OFFSET_SINCE = Date.UTC(1992, 0, 1);

/** True for a real day of the years 1900–9999 written `YYYY-MM-DD` (no 2023-02-29, no 0000-00-00). */
export function isCourtDay(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null || Number(parts[1]) < FIRST_YEAR) return false;
  const month = Number(parts[2]);
  return month >= 1 && month <= 12 && Number(parts[3]) >= 1 && Number(parts[3]) <= daysOfMonth(Number(parts[1]), month);
}

/** The day in Shanghai at this moment. */
export function courtDayOf(moment: Date): string {
  return localOf(moment).day;
}

/**
 * Reads a day or a moment. A moment without an offset is Shanghai's own time. Null for anything that is not exactly one of
 * the two, also for leap seconds and for days that do not exist.
 */
export function parseMoment(text: string): LocalMoment | null {
  if (isCourtDay(text)) return { day: text, hour: 0, minute: 0 };
  const parts = MOMENT.exec(text);
  if (parts === null || !isCourtDay(parts[1]!)) return null;
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (parts[5] === undefined) return { day: parts[1]!, hour, minute };
  const [offsetHours, offsetMinutes] = parts[5] === "Z" ? [0, 0] : parts[5].slice(1).split(":").map(Number);
  if (offsetHours! > 14 || offsetMinutes! > 59) return null;
  const local = localOf(new Date(text));
  return isCourtDay(local.day) ? local : null;
}

/** The day `days` after (or before) a day. Throws RangeError outside of the years 1900–9999. */
export function addDays(day: string, days: number): string {
  return dayOfNumber(numberOfDay(day) + days);
}

/** The same-numbered day months later; the month's last day where there is none (1/31 + 1 month → end of February). 民法典§202 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  return written(toYear, toMonth, Math.min(date, daysOfMonth(toYear, toMonth)));
}

export function daysBetween(from: string, to: string): number {
  return numberOfDay(to) - numberOfDay(from);
}

/** 0 is Sunday. */
export function weekdayOf(day: string): number {
  return (((numberOfDay(day) + 4) % 7) + 7) % 7;
}

/** The first working day not before `day`. 民事诉讼法§85第三款 */
export function nextWorkday(calendar: Calendar, day: string): Landing {
  let provisional = false;
  for (let at = day; ; at = addDays(at, 1)) {
    const status = calendar.statusOf(at);
    provisional ||= !status.known;
    if (status.working) return { day: at, provisional };
  }
}

/** The day on which `count` working days after `day` have passed (`day` itself not counted). */
export function addWorkdays(calendar: Calendar, day: string, count: number): Landing {
  let landing: Landing = { day, provisional: false };
  for (let left = count; left > 0; left -= 1) {
    const next = nextWorkday(calendar, addDays(landing.day, 1));
    landing = { day: next.day, provisional: landing.provisional || next.provisional };
  }
  return landing;
}

/** When a period that begins with an event of `eventDay` ends. 民事诉讼法§85, 民法典§201–203 */
export function addPeriod(calendar: Calendar, eventDay: string, period: Period): PeriodEnd {
  const counted =
    period.unit === "day"
      ? addDays(eventDay, period.amount)
      : addMonths(eventDay, period.unit === "year" ? period.amount * 12 : period.amount);
  const nominalLastDay = addDays(counted, period.excludedDays ?? 0);
  if (!period.roll) return { lastDay: nominalLastDay, nominalLastDay, provisional: false };
  const landing = nextWorkday(calendar, nominalLastDay);
  return { lastDay: landing.day, nominalLastDay, provisional: landing.provisional };
}

/** When a period of hours ends: it runs from the next full hour (民诉法解释§125: 从次时起算) and does not move for days of rest. */
export function addHours(event: LocalMoment, hours: number): LocalMoment {
  const total = event.hour + 1 + hours;
  return { day: addDays(event.day, Math.floor(total / 24)), hour: total % 24, minute: 0 };
}

function localOf(moment: Date): LocalMoment {
  const at = moment.getTime();
  if (Number.isNaN(at)) throw new RangeError("not a moment");
  if (at >= FIXED_OFFSET_SINCE) {
    const shifted = new Date(at + 8 * 3_600_000).toISOString();
    const day = shifted.slice(0, shifted.indexOf("T"));
    return { day, hour: Number(shifted.slice(-13, -11)), minute: Number(shifted.slice(-10, -8)) };
  }
  const parts = Object.fromEntries(shanghai.formatToParts(moment).map((part) => [part.type, part.value]));
  const day = `${parts["year"]!.padStart(4, "0")}-${parts["month"]}-${parts["day"]}`;
  return { day, hour: Number(parts["hour"]), minute: Number(parts["minute"]) };
}

const shanghai = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function numberOfDay(day: string): number {
  if (!isCourtDay(day)) throw new RangeError(`not a court day: ${day}`);
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function dayOfNumber(number: number): string {
  const date = new Date(number * DAY_MS);
  if (Number.isNaN(date.getTime())) throw new RangeError("the day lies outside of the years 1900–9999");
  return written(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function written(year: number, month: number, date: number): string {
  if (year < FIRST_YEAR || year > 9999) throw new RangeError("the day lies outside of the years 1900–9999");
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
