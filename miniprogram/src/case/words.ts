import type { CaseLimit } from "@/api/case-types";
import type { CourtCase } from "@/api/types";
import { showDay } from "@/values/dates";

/** How a case stands, in one sentence. */
export function sayCase(
  found: Pick<CourtCase, "state" | "judge" | "outcome" | "closedOn">,
  limit: CaseLimit | null,
): string {
  const { code } = found.state;
  if (code === "closed")
    return `案件已审结${found.outcome ? `：${found.outcome.label}` : ""}${found.closedOn ? `（${showDay(found.closedOn)}）` : ""}`;
  if (code === "deemed_withdrawn") return "诉讼费没有按期交纳，本案按撤诉处理";
  const now = found.judge ? "法院正在审理" : "法院已经立案，正在安排法官";
  if (!limit) return now;
  const day = showDay(limit.lastDay);
  if (limit.state.code === "stopped") return `${now}；审理期限暂停计算`;
  if (limit.state.code === "overdue") return `${now}；审理期限已于 ${day} 届满，可以向法官询问进展`;
  return `${now}；审理期限到 ${day}`;
}

/**
 * What somebody typed to find a case: whatever has digits and a bracket or 号 is a number, in any way of writing; everything
 * else is a name.
 */
export function caseQuery(text: string): { number?: string; party?: string } {
  const typed = text.trim();
  if (typed === "") return {};
  const digits = /[0-9０-９]/.test(typed);
  return digits && /[（(〔[【号]|初|终|再|执|督|特/.test(typed) ? { number: typed } : { party: typed };
}
