import type { Payment } from "@/api/contract.ts";

/** Whoever asked or approved; what nobody did the system did. */
export const nameOf = (person: string | null): string => person ?? "系统";

const GONE = new Set(["rejected"]);
/** What of a payment can still be asked back: what is asked for already, under way or done is spoken for. */
export function refundableFen(payment: Payment): number {
  if (!["succeeded", "refunding"].includes(payment.state.code)) return 0;
  const spoken = payment.refunds
    .filter((each) => !GONE.has(each.state.code))
    .reduce((sum, each) => sum + each.amountFen, 0);
  return Math.max(0, payment.amountFen - Math.max(spoken, payment.refundedFen));
}
