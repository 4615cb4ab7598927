import type { Payment } from "@/api/types";
import { showMoment, showTime } from "@/values/dates";
import { showExactFen } from "@/values/money";

/** The five things a payment can be for the person who made it. There is no sixth called "maybe". */
export type PlainState = "unpaid" | "asking" | "paid" | "failed" | "refunded";
export interface PlainPayment {
  code: PlainState;
  label: string;
  tone: string;
  sentence: string;
}

const LABELS: Record<PlainState, string> = {
  unpaid: "待支付",
  asking: "支付中 · 正在向微信核实",
  paid: "已支付",
  failed: "未成功",
  refunded: "已退款",
};
const TONES: Record<PlainState, string> = {
  unpaid: "amber",
  asking: "",
  paid: "green",
  failed: "grey",
  refunded: "grey",
};

/** Whether the court may still learn something new of it: these are asked for again. */
export function isLive(payment: Payment): boolean {
  return payment.state.code === "created" || payment.state.code === "processing";
}

/**
 * What happened on this phone just now: WeChat's cashier spoke of success, or was left, or a code waits to be scanned. It
 * proves nothing and never makes a payment paid; it only tells "not paid yet" from "being looked into" while the court
 * does not know either.
 */
export type Seen = "" | "confirmed" | "unfinished" | "scanning";

/** What the court says of a payment, in words. */
export function plainPayment(payment: Payment, seen: Seen = "", now = new Date()): PlainPayment {
  const code = plainState(payment, seen, now);
  return { code, label: LABELS[code], tone: TONES[code], sentence: sentenceOf(payment, code, now) };
}

function plainState(payment: Payment, seen: Seen, now: Date): PlainState {
  const expired = Date.parse(payment.expiresAt) <= now.getTime();
  switch (payment.state.code) {
    case "created":
      return seen === "confirmed" || expired ? "asking" : "unpaid";
    case "processing":
      return (seen === "unfinished" || seen === "scanning") && !expired ? "unpaid" : "asking";
    case "succeeded":
    case "refunding":
      return "paid";
    case "refunded":
      return "refunded";
    default:
      return "failed";
  }
}

function sentenceOf(payment: Payment, code: PlainState, now: Date): string {
  switch (code) {
    case "unpaid":
      return `还没有付款。这笔订单保留到 ${showTime(payment.expiresAt, now)}，过时可以重新支付。`;
    case "asking":
      return askingSentence(payment.promisedAt, now);
    case "paid":
      if (payment.duplicate) return "这笔是多付的，不用申请，会自动原路退回微信。";
      if (payment.state.code === "refunding") return "法院已收到，其中一部分正在退款。";
      return payment.paidAt ? `法院已收到，付款时间 ${showMoment(payment.paidAt)}。` : "法院已收到。";
    case "refunded":
      return `${showExactFen(payment.refundedFen)} 元已原路退回微信。`;
    default:
      return "这一笔没有付成，可以重新支付。如果微信显示扣了款，这里会自动更正，多收的会原路退回。";
  }
}

function askingSentence(promisedAt: string | null, now: Date): string {
  const late = promisedAt !== null && Date.parse(promisedAt) <= now.getTime();
  if (!promisedAt) return "我们正在向微信核实，您可以离开，结果会发到“消息”里。";
  return late
    ? "微信还没有给出结果，我们仍在核实。请不要重复付款，您可以离开，结果会发到“消息”里。"
    : `我们正在向微信核实，最迟 ${showTime(promisedAt, now)} 给您准信，您可以离开。`;
}
