import { clockWords, courtDay, dayAfter, dayWords, momentOf } from "./when";

const HALVES: Readonly<Record<string, readonly [string, string]>> = {
  morning: ["00:00", "12:00"],
  afternoon: ["12:00", "18:00"],
};

/** Days of a form as moments: to the end of the last day, or the half of the one day. */
export function spanOf({ from, to, part }: { from: string; to: string; part: string }): { from: string; to: string } {
  const half = HALVES[part];
  if (!half) return { from: momentOf(from, "00:00"), to: momentOf(dayAfter(to, 1), "00:00") };
  return { from: momentOf(from, half[0]), to: momentOf(to, half[1]) };
}

/** The span as one says it: whole days as days, everything else with its hours. */
export function absenceWords({ from, to }: { from: string; to: string }): string {
  const isMidnight = (iso: string) => new Date(Date.parse(iso) + 8 * 3600_000).toISOString().slice(11, 16) === "00:00";
  const last = new Date(Date.parse(to) - 1).toISOString();
  const isOneDay = courtDay(from) === courtDay(last);
  if (isMidnight(from) && isMidnight(to))
    return isOneDay ? `${dayWords(from)} 全天` : `${dayWords(from)} 到 ${dayWords(last)}`;
  const half = clockWords(from).slice(0, 2) === "上午" && clockWords(to).startsWith("中午") ? "上午" : "下午";
  if (isOneDay) return `${dayWords(from)} ${half}`;
  return `${dayWords(from)} ${clockWords(from)} 到 ${dayWords(to)} ${clockWords(to)}`;
}
