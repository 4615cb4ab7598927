import type { Refund } from "@/api/types";
import { plainDates } from "@/values/dates";

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
      return [{ title: "审批未通过", note: refund.note ?? refund.next, at: refund.approvedAt, state: "stopped" }];
    if (code === "rejected" && n > 1) return [];
    const state = n < reached ? "done" : n === reached ? "now" : "todo";
    return [{ title, note: noteOf(refund, n, state), at: atOf(refund, n), state }];
  });
}

function noteOf(refund: Refund, n: number, state: RefundStep["state"]): string {
  if (n === 0) return refund.reason;
  return state === "now" ? plainDates(refund.next) : "";
}

function atOf(refund: Refund, n: number): string | null {
  return [refund.requestedAt, refund.approvedAt, null, refund.finishedAt][n] ?? null;
}
