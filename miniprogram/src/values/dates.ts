const SHANGHAI_MS = 8 * 3600_000;

/** A moment of the API as a person in China reads it: `2026年3月5日 14:07`. The phone's own zone does not matter. */
export function showMoment(iso: string | null): string {
  const at = shanghai(iso);
  return at ? `${showParts(at)} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}` : "";
}

/** A court day `2026-03-05`, or the day of a moment, as `2026年3月5日`. */
export function showDay(value: string | null): string {
  if (!value) return "";
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (day) return `${day[1]}年${Number(day[2])}月${Number(day[3])}日`;
  const at = shanghai(value);
  return at ? showParts(at) : "";
}

/** A moment soon to come or just gone, as one says it: `14:30`, `明天 09:00`, else with its day. */
export function showTime(iso: string | null, now = new Date()): string {
  const at = shanghai(iso);
  if (!at) return "";
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  const day = at.toISOString().slice(0, 10);
  if (day === today(now)) return time;
  if (day === today(new Date(now.getTime() + 24 * 3600_000))) return `明天 ${time}`;
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${time}`;
}

/** A sentence of the server with its dates as people write them: `请于 2026-11-30 前` → `请于 2026年11月30日前`. */
export function plainDates(text: string): string {
  return text.replace(/(\d{4}-\d{2}-\d{2})(?!T)( (?=前|收|起))?/g, (_, day: string) => showDay(day));
}

/** The court day of today in China. */
export function today(now = new Date()): string {
  return new Date(now.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);
}

function shanghai(iso: string | null): Date | null {
  const time = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time + SHANGHAI_MS);
}

function showParts(at: Date): string {
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
