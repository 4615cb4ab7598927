import type { FeeNoticeSummary } from "@/api/types";
import { showDay } from "@/values/dates";
import { showExactFen } from "@/values/money";

/** Amber waits for the person, green is good, red is late, grey is at rest, blue is with the court. */
export function noticeTone(code: string): string {
  const tones: Record<string, string> = {
    open: "amber",
    paid: "green",
    exempted: "green",
    overdue: "red",
    closed: "grey",
  };
  return tones[code] ?? "";
}

type Dues = Pick<FeeNoticeSummary, "state" | "dueOn" | "daysLeft">;

/** How long there is, short: `还剩 5 天`; empty where no time runs. */
export function daysWords({ state, dueOn, daysLeft }: Dues): string {
  if (state.code === "overdue") return "已过交费期限";
  if (state.code !== "open" && state.code !== "paying") return "";
  if (dueOn === null || daysLeft === null) return "期限从收到通知起算";
  if (daysLeft < 0) return "已过交费期限";
  return daysLeft === 0 ? "今天是最后一天" : `还剩 ${daysLeft} 天`;
}

/** The same with the day: `还剩 5 天，最迟 2026年11月30日`. */
export function untilWords(notice: Dues): string {
  const days = daysWords(notice);
  return days && notice.dueOn && notice.state.code !== "overdue" ? `${days}，最迟 ${showDay(notice.dueOn)}` : days;
}

/** The card's headline: `待交 1,150.00 元`. */
export function amountWords(
  notice: Pick<FeeNoticeSummary, "state" | "outstandingFen" | "dueFen" | "assessedFen">,
): string {
  if (notice.state.code === "exempted") return "已免交";
  if (notice.outstandingFen > 0 && notice.state.code !== "closed")
    return `待交 ${showExactFen(notice.outstandingFen)} 元`;
  return `${notice.state.label} ${showExactFen(notice.dueFen)} 元`;
}

/** Whether the person still has to do something about it, or wait for the court's decision on it. */
export function isDue(notice: Pick<FeeNoticeSummary, "state">): boolean {
  return ["open", "paying", "overdue", "relief_pending"].includes(notice.state.code);
}

/** Why this is the last day, in a sentence: when it was served, how many days, what moved the end. */
export function dueReason(notice: FeeNoticeSummary): string {
  const { servedOn, presumed, dueOn, nominalDueOn, deferredOn, state } = notice;
  if (state.code === "relief_pending") return "救助审查期间，交费期限暂停计算。";
  if (deferredOn && dueOn) return `法院准许缓交，最迟 ${showDay(dueOn)}交清。`;
  if (!servedOn) return "还没有送达记录。您在这里交费或申请救助，就视为收到；期限从第二天起算 7 日。";
  if (!dueOn) return `${showDay(servedOn)}送达。`;
  const how = presumed ? "依法视为送达" : "送达";
  const moved =
    nominalDueOn && nominalDueOn !== dueOn ? `，第 7 日 ${showDay(nominalDueOn)}遇休息日，顺延到这一天` : "";
  return `${showDay(servedOn)}${how}，从第二天起算 7 日${moved}。`;
}

/** The most pressing of several: the late one first, then the one whose time ends soonest. */
export function mostPressing<T extends Pick<FeeNoticeSummary, "state" | "dueOn">>(notices: readonly T[]): T | null {
  const rank = (each: T) =>
    each.state.code === "overdue" ? "0" : each.state.code === "relief_pending" ? "3" : each.dueOn ? "1" : "2";
  const order = (each: T) => `${rank(each)}${each.dueOn ?? "9"}`;
  return [...notices].filter(isDue).sort((a, b) => order(a).localeCompare(order(b)))[0] ?? null;
}
