import type { Refund, Role } from "@/api/contract.ts";
import { timeText } from "@/style/format.ts";

export const refundFilters = [
  { name: "requested", label: "待审批", state: "requested", empty: "没有待审批的退费。" },
  { name: "processing", label: "退款中", state: "processing", empty: "没有正在退回的款项。" },
  { name: "failed", label: "未成功", state: "failed", empty: "没有未成功的退费。" },
  { name: "succeeded", label: "已退回", state: "succeeded", empty: "还没有退回的款项。" },
  { name: "all", label: "全部", state: "", empty: "还没有退费。需要退费时，在交费通知的收款记录上提出。" },
];

/** Whole days from today to a court day; negative when it has passed. */
export function daysUntil(day: string, now: number): number {
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}

/** Why this reader cannot decide, or who did; empty where the buttons speak for themselves. */
export function standingOf(refund: Refund, role: Role | undefined): string {
  if (refund.state.code !== "requested") {
    if (refund.approvedBy)
      return `已由 ${refund.approvedBy} ${refund.approvedAt ? `于 ${timeText(refund.approvedAt)} ` : ""}批准。`;
    return refund.origin.code === "duplicate" ? "重复支付的款项由系统自动退回，不需要审批。" : "";
  }
  if (refund.moves.some((move) => move.action === "approve")) return "";
  // Supervisors approve; the one who may not is the one who asked.
  return role === "supervisor"
    ? "须由另一人审批：这笔退费由您提出，请交其他负责人办理。"
    : "须由另一人审批：等待负责人办理。";
}

/** What to do about a refund that did not go through. */
export const afterFailure =
  "请看“对账”页中这笔退款的支付异常：商户余额不足的，充值后点“重新退款”；付款人账户已注销的，联系付款人另行提供账户，线下退回。同一笔不会退两次。";
