import type { Refund } from "@/api/types";
import { showDay } from "@/values/dates";

export interface RefundStep {
  title: string;
  note: string;
  at: string | null;
  state: "done" | "now" | "todo" | "stopped";
}

const TITLES = ["提出退款", "第二人审批", "提交微信", "到账"] as const;
const REACHED: Record<string, number> = { requested: 1, approved: 2, processing: 3, failed: 3, succeeded: 4 };

/** A refund as the four steps everybody can follow; what the court sends back by itself needs no second person. */
export function refundSteps(refund: Refund): RefundStep[] {
  const code = refund.state.code;
  const reached = code === "rejected" ? 1 : (REACHED[code] ?? 1);
  const bySystem = refund.origin.code === "duplicate";
  return TITLES.flatMap((title, n): RefundStep[] => {
    if (bySystem && n === 1) return [];
    if (code === "rejected" && n === 1)
      return [{ title: "审批未通过", note: refund.next, at: refund.approvedAt, state: "stopped" }];
    if (code === "rejected" && n > 1) return [];
    const state = n < reached ? "done" : n === reached ? "now" : "todo";
    return [{ title, note: noteOf(refund, n, state), at: atOf(refund, n), state }];
  });
}

function noteOf(refund: Refund, n: number, state: RefundStep["state"]): string {
  if (n === 0) return refund.reason;
  if (n === 1) return state === "now" ? "等待另一位工作人员审批，一个人不能既提出又批准。" : "";
  if (n === 3 && refund.state.code === "failed") return "微信这次没有退成，法院会处理，钱不会丢。";
  if (n === 3 && state === "now") return "微信正在退回，一般很快到零钱，到银行卡要 1 至 3 个工作日。";
  if (n === 2 && state === "now" && refund.dueOn) return `最迟 ${showDay(refund.dueOn)}前退回。`;
  return "";
}

function atOf(refund: Refund, n: number): string | null {
  return [refund.requestedAt, refund.approvedAt, null, refund.finishedAt][n] ?? null;
}
