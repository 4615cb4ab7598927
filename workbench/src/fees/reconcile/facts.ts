import { fenText } from "@/style/format.ts";

const labels: Record<string, string> = {
  amountFen: "微信报来",
  expectedFen: "订单金额",
  ourFen: "本系统",
  oursFen: "本系统",
  billFen: "微信账单",
  shortFen: "缺少",
  paidFen: "实收",
  totalFen: "原收款",
  currency: "币种",
  transactionNumber: "微信支付单号",
  refundNumber: "退款单号",
  state: "微信状态",
  day: "账单日",
};

/** The facts of an alarm as people read them; numbers of rows stay out, they mean nothing to anybody. */
export function factLines(facts: Record<string, string | number | null>): string[] {
  return Object.entries(facts)
    .filter(([name, value]) => value !== null && value !== "" && !name.endsWith("Id"))
    .map(([name, value]) => `${labels[name] ?? name} ${name.endsWith("Fen") ? fenText(Number(value)) : value}`);
}
