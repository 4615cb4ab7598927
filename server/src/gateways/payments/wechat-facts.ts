import { z } from "zod";
import type { PaymentFact, RefundFact } from "./port.ts";

const fen = z.int().min(0).max(1_000_000_000_000);
const currency = z.string().regex(/^[A-Z]{3}$/);
const STATES = {
  SUCCESS: "paid",
  REFUND: "refunded",
  NOTPAY: "unpaid",
  USERPAYING: "paying",
  CLOSED: "closed",
  REVOKED: "closed",
  PAYERROR: "failed",
} as const;
const REFUND_STATES = {
  SUCCESS: "succeeded",
  PROCESSING: "processing",
  CLOSED: "closed",
  ABNORMAL: "abnormal",
} as const;

/** WeChat's moments: RFC 3339 with an offset. A day that does not exist is no moment. */
const moment = z.string().transform((text, context) => {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-](\d\d):(\d\d))$/.exec(text);
  const [, day = "", time = "", zone = "Z", hours = "0", minutes = "0"] = parts ?? [];
  const at = Date.parse(text);
  const offset = (Number(hours) * 60 + Number(minutes)) * (zone.startsWith("-") ? -60_000 : 60_000);
  const told = Number.isNaN(at) ? "" : new Date(at + offset).toISOString().slice(0, 19);
  if (!parts || Number(hours) > 14 || Number(minutes) > 59 || told !== `${day}T${time}`) {
    context.addIssue({ code: "custom", message: "no moment" });
    return z.NEVER;
  }
  return new Date(at);
});

const merchant = { mchid: z.string(), appid: z.string() };
const numbers = { out_trade_no: z.string().min(1).max(32), transaction_id: z.string().min(1).max(32) };
const amount = z.object({
  total: fen,
  currency: currency.default("CNY"),
  payer_total: fen.optional(),
  payer_currency: currency.default("CNY"),
});
const paid = z.object({
  ...merchant,
  ...numbers,
  trade_state: z.enum(["SUCCESS", "REFUND"]),
  success_time: moment,
  amount,
});
const unpaid = z.object({
  ...merchant,
  out_trade_no: numbers.out_trade_no,
  transaction_id: z.string().max(32).optional(),
  trade_state: z.enum(["NOTPAY", "USERPAYING", "CLOSED", "REVOKED", "PAYERROR"]),
  // WeChat leaves it out where nobody has paid yet.
  amount: amount.partial({ total: true }).optional(),
});
export const transaction = z.discriminatedUnion("trade_state", [paid, unpaid]);
export type Transaction = z.infer<typeof transaction>;

export function paymentFact(told: Transaction): PaymentFact {
  const { currency: asked = "CNY", payer_currency: payer = "CNY" } = told.amount ?? {};
  return {
    orderNumber: told.out_trade_no,
    transactionNumber: told.transaction_id || null,
    state: STATES[told.trade_state],
    amountFen: told.amount?.total ?? 0,
    // Where either is foreign, the foreign one is told: such money is not what we asked for.
    currency: asked === "CNY" ? payer : asked,
    paidAt: "success_time" in told ? told.success_time : null,
  };
}

const refundAmount = z.object({ total: fen, refund: fen, currency: z.literal("CNY").default("CNY") });
const emptyMoment = z.literal("").transform(() => null);
const refundNumbers = {
  ...numbers,
  out_refund_no: z.string().min(1).max(64),
  refund_id: z.string().min(1).max(32),
  success_time: z.union([moment, emptyMoment]).nullish(),
  amount: refundAmount,
};
const refundState = z.enum(["SUCCESS", "PROCESSING", "CLOSED", "ABNORMAL"]);
/** As answered to a request. */
export const refundAnswer = z.object({ ...refundNumbers, status: refundState });
/** As told in a notice: with the merchant, and without a currency. */
export const refundNotice = z.object({ ...refundNumbers, mchid: z.string(), refund_status: refundState });

export function refundFact(told: z.infer<typeof refundAnswer>): RefundFact {
  if (told.status === "SUCCESS" && !told.success_time) throw new Error("a refund succeeded at no time");
  return {
    refundNumber: told.out_refund_no,
    orderNumber: told.out_trade_no,
    refundId: told.refund_id,
    state: REFUND_STATES[told.status],
    amountFen: told.amount.refund,
    totalFen: told.amount.total,
    succeededAt: told.success_time ?? null,
  };
}
