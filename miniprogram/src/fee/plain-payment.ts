import type { Payment } from "@/api/types";
import { plainDates, showTime } from "@/values/dates";

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

/** A payment under way that this reader opened: others' are theirs to go on with. */
export function ownLive(payments: readonly Payment[]): Payment | null {
  return payments.find((each) => isLive(each) && each.moves.length > 0) ?? null;
}

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
  return { code, label: LABELS[code], tone: TONES[code], sentence: sentenceOf(payment, seen, code, now) };
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

/**
 * The court's own sentence, except where this phone knows more: that the cashier was just left, or has just spoken of
 * success while the court still says "pay in WeChat". Whatever else the court has to say of it goes first.
 */
function sentenceOf(payment: Payment, seen: Seen, code: PlainState, now: Date): string {
  if (code === "unpaid" && seen !== "")
    return `还没有付款。这笔订单保留到 ${showTime(payment.expiresAt, now)}，过时可以重新支付。`;
  const { promisedAt, next } = payment;
  const ahead = promisedAt !== null && Date.parse(promisedAt) > now.getTime();
  if (code === "asking" && seen === "confirmed" && ahead && next.startsWith("请在微信中完成支付"))
    return `我们正在向微信核实，最迟 ${showTime(roundedUp(promisedAt), now)} 给您准信，您可以离开。`;
  return plainDates(next);
}

/** A promise is never said to be earlier than it is. */
function roundedUp(iso: string): string {
  return new Date(Math.ceil(Date.parse(iso) / 60_000) * 60_000).toISOString();
}
