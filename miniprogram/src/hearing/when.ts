const SHANGHAI_MS = 8 * 3600_000;
const DAY_MS = 24 * 3600_000;
const WEEKDAYS = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

/** The wall clock of a court at that moment, whatever zone the phone is in. */
const inCourt = (iso: string) => new Date(Date.parse(iso) + SHANGHAI_MS);

/** `12月3日 周四`, with the year where it is another than now's. */
export function dayWords(iso: string, now = new Date()): string {
  const at = inCourt(iso);
  const year = at.getUTCFullYear();
  const isThisYear = year === new Date(now.getTime() + SHANGHAI_MS).getUTCFullYear();
  return `${isThisYear ? "" : `${year}年`}${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${WEEKDAYS[at.getUTCDay()]}`;
}

/** `上午 9:00`: a person hears it so, and nobody takes 7 in the evening for the morning. */
export function clockWords(iso: string): string {
  const at = inCourt(iso);
  const hour = at.getUTCHours();
  const minute = String(at.getUTCMinutes()).padStart(2, "0");
  if (hour === 12) return `中午 12:${minute}`;
  return hour < 12 ? `上午 ${hour}:${minute}` : `下午 ${hour - 12}:${minute}`;
}

/** `上午 9:00 到 11:30`; both halves of the day are named where they differ. */
export function spanWords(startsAt: string, endsAt: string): string {
  const [from, to] = [clockWords(startsAt), clockWords(endsAt)];
  return from.slice(0, 2) === to.slice(0, 2) ? `${from} 到 ${to.slice(3)}` : `${from} 到${to}`;
}

/** Court days between now and then, as one says it. Empty for what is over. */
export function howSoon(iso: string, now = new Date()): string {
  const dayOf = (time: number) => Math.floor((time + SHANGHAI_MS) / DAY_MS);
  const days = dayOf(Date.parse(iso)) - dayOf(now.getTime());
  if (days < 0) return "";
  return ["今天", "明天", "后天"][days] ?? `还有 ${days} 天`;
}

/** The day itself, `2026-12-03`, as the court counts it. */
export const courtDay = (iso: string): string => inCourt(iso).toISOString().slice(0, 10);

/** Day and hour of a court as a moment of the API. */
export const momentOf = (day: string, clock: string): string => new Date(`${day}T${clock}:00+08:00`).toISOString();
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
