import { type DaysView, daysView } from "@/style/format.ts";
import type { TrialLimit } from "./contract.ts";

export const OUTCOMES: [string, string][] = [
  ["judgment", "判决"],
  ["mediation", "调解"],
  ["withdrawal", "撤诉"],
  ["dismissal", "裁定驳回起诉"],
  ["transfer", "移送其他法院"],
];
export const PROCEDURES: [code: string, label: string, note: string][] = [
  ["ordinary", "普通程序", "审限六个月"],
  ["summary", "简易程序", "独任审理，审限三个月"],
  ["small", "小额诉讼程序", "一审终审，审限两个月"],
];
export const EXCHANGES: [code: string, label: string, note: string][] = [
  ["synchronous", "同步", "法院接收后各方同时看到"],
  ["asynchronous", "非同步", "各方同意后，谁提交谁先公开"],
];
export const APPROVERS = { president: "本院院长", higher_court: "上级法院" } as const;
export const UNITS = { day: "日", month: "个月" } as const;

/** The court's day of a moment, `2026-11-22`. */
export function courtDay(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}
export function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}

/** What is left of a day by which the court answers. */
export function dueView(dueOn: string | null, today: string): DaysView {
  return dueOn ? daysView(daysUntil(dueOn, today)) : { text: "不限期", tone: "" };
}

/** What is left of the trial limit: months are long, so that the colours begin at the warnings the law's practice knows. */
export function limitView({ state, daysLeft, warning }: TrialLimit): DaysView {
  if (state.code === "closed" || daysLeft === null) return { text: state.label, tone: "" };
  if (daysLeft < 0) return { text: `超过 ${-daysLeft} 天`, tone: "red" };
  if (state.code === "stopped") return { text: `停 · 剩 ${daysLeft} 天`, tone: "amber" };
  const tone = warning === null ? "green" : warning <= 7 ? "red" : "amber";
  return { text: daysLeft === 0 ? "今日届满" : `剩 ${daysLeft} 天`, tone };
}
