import { fenText } from "@/style/format.ts";

/** Facts of an alarm that say something to a person, in this order; the order number stands beside the title already. */
const labels: Record<string, string> = {
  amountFen: "微信报来",
  totalFen: "原收款",
  shortFen: "缺少",
  currency: "币种",
  transactionNumber: "微信支付单号",
  refundNumber: "退款单号",
  asked: "已询问次数",
  state: "微信状态",
  day: "账单日",
};

export function factLines(facts: Record<string, string | number | null>): string[] {
  return Object.entries(labels).flatMap(([name, label]) => {
    const value = facts[name];
    if (value === undefined || value === null || value === "" || value === "CNY") return [];
    return [`${label} ${name.endsWith("Fen") ? fenText(Number(value)) : value}`];
  });
}
