/** Fen to "12,345.60 元" without floating point. */
export function fenText(fen: number | null | undefined): string {
  if (fen === null || fen === undefined || !Number.isFinite(fen)) return "";
  const sign = fen < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(fen) / 100);
  const cents = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${sign}${grouped(String(whole))}.${cents} 元`;
}

/** A decimal yuan string as people read it; anything else as it stands. */
export function yuanText(yuan: string): string {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(yuan.trim());
  if (!match) return yuan;
  return `${match[1]}${grouped(match[2]!)}.${(match[3] ?? "").padEnd(2, "0")} 元`;
}

const courtTime = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** A moment in the court's time, "2026-11-22 14:05". */
export function timeText(at: string | null | undefined): string {
  const moment = Date.parse(at ?? "");
  if (!Number.isFinite(moment)) return "";
  const part = Object.fromEntries(courtTime.formatToParts(moment).map((each) => [each.type, each.value]));
  return `${part["year"]}-${part["month"]}-${part["day"]} ${part["hour"]}:${part["minute"]}`;
}

/** The same without the year: lists are about these weeks. */
export const shortTime = (at: string | null | undefined): string => timeText(at).slice(5);

export interface DaysView {
  text: string;
  tone: "red" | "amber" | "green" | "";
}

/** What is left of a statutory period, coloured: overdue and last day red, three days amber. */
export function daysView(daysLeft: number | null, overdue = false): DaysView {
  if (daysLeft === null) return { text: "—", tone: "" };
  if (overdue || daysLeft < 0) return { text: daysLeft < 0 ? `超期 ${-daysLeft} 天` : "已超期", tone: "red" };
  if (daysLeft === 0) return { text: "今日到期", tone: "red" };
  return { text: `剩 ${daysLeft} 天`, tone: daysLeft <= 3 ? "amber" : "green" };
}

export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
