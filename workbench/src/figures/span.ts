export interface Span {
  from: string;
  until: string;
  by: "day" | "week" | "month";
}
const DAY_MS = 86_400_000;

/** The court's day of a moment, and days counted from it. */
export const courtDay = (moment: number): string => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string =>
  courtDay(Date.parse(`${day}T12:00:00+08:00`) + days * DAY_MS);

export const choices = ["近 7 日", "近 30 日", "本月", "上月", "今年"] as const;
/** A period by its name, seen from today. */
export function spanOf(choice: (typeof choices)[number], today: string): Span {
  const month = `${today.slice(0, 7)}-01`;
  switch (choice) {
    case "近 7 日":
      return { from: addDays(today, -6), until: today, by: "day" };
    case "近 30 日":
      return { from: addDays(today, -29), until: today, by: "day" };
    case "本月":
      return { from: month, until: today, by: "day" };
    case "上月": {
      const last = addDays(month, -1);
      return { from: `${last.slice(0, 7)}-01`, until: last, by: "day" };
    }
    case "今年":
      return { from: `${today.slice(0, 4)}-01-01`, until: today, by: "month" };
  }
}

/** "3 小时", "2 天 4 小时"; by days of twenty-four hours. */
export function hoursText(hours: number | null): string {
  if (hours === null) return "—";
  if (hours < 24) return `${hours} 小时`;
  return `${Math.floor(hours / 24)} 天${hours % 24 > 0 ? ` ${hours % 24} 小时` : ""}`;
}
export const shareText = (share: number | null): string => (share === null ? "—" : `${Math.round(share * 100)}%`);
