const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
export const DAY_NAMES = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"] as const;

/** The court's wall clock at that moment. */
const inCourt = (at: string | number) => new Date((typeof at === "number" ? at : Date.parse(at)) + SHANGHAI_MS);

/** The court day of a moment, "2026-12-03". */
export const courtDayOf = (at: string | number): string => inCourt(at).toISOString().slice(0, 10);
/** "09:00" by the court's clock. */
export const clockOf = (at: string): string => inCourt(at).toISOString().slice(11, 16);
/** Minutes since midnight by the court's clock. */
export const minuteOf = (at: string): number => inCourt(at).getUTCHours() * 60 + inCourt(at).getUTCMinutes();
/** A court day and hour as a moment of the API. */
export const momentAt = (day: string, clock: string): string => new Date(`${day}T${clock}:00+08:00`).toISOString();
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
/** "12月3日 周四". */
export function dayText(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${DAY_NAMES[at.getUTCDay()]}`;
}

/** Monday to Sunday of the week in which a day lies. */
export function weekOf(day: string): string[] {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, at) => addDays(day, at - weekday));
}

export interface Span {
  startsAt: string;
  endsAt: string;
}
export interface Placed<T> {
  item: T;
  /** Minutes since midnight, within the day drawn. */
  from: number;
  to: number;
  /** Which of `lanes` side by side. */
  lane: number;
  lanes: number;
}

/** What lies on a day, side by side where it overlaps: a group that touches shares the width of the day. */
export function placeDay<T extends Span>(items: readonly T[], day: string): Placed<T>[] {
  const start = Date.parse(momentAt(day, "00:00"));
  const own = items
    .map((item) => ({
      item,
      from: Math.max(0, (Date.parse(item.startsAt) - start) / 60_000),
      to: Math.min(24 * 60, (Date.parse(item.endsAt) - start) / 60_000),
    }))
    .filter(({ from, to }) => to > 0 && from < 24 * 60 && to > from)
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const placed: Placed<T>[] = [];
  let group: Placed<T>[] = [];
  let end = -1;
  const close = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane + 1));
    for (const each of group) each.lanes = lanes;
    group = [];
  };
  for (const each of own) {
    if (each.from >= end) close();
    const taken = new Set(group.filter(({ to }) => to > each.from).map(({ lane }) => lane));
    let lane = 0;
    while (taken.has(lane)) lane += 1;
    const one = { ...each, lane, lanes: 1 };
    group.push(one);
    placed.push(one);
    end = Math.max(end, each.to);
  }
  close();
  return placed;
}

/** The hours to draw: the working day, and more where something lies outside of it. */
export function hoursOf(placed: readonly { from: number; to: number }[]): { first: number; last: number } {
  const first = Math.min(8 * 60, ...placed.map(({ from }) => Math.floor(from / 60) * 60));
  const last = Math.max(18 * 60, ...placed.map(({ to }) => Math.ceil(to / 60) * 60));
  return { first, last };
}
