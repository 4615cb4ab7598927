import { randomInt } from "node:crypto";
import { z } from "zod";
import { type Order, type OrderBook, shanghai, WechatPayRefusal } from "./wechat-pay-orders.ts";

export type RefundState = "SUCCESS" | "PROCESSING" | "CLOSED" | "ABNORMAL";
export interface Refund {
  readonly order: Order;
  readonly out_refund_no: string;
  readonly refundId: string;
  readonly refund: number;
  readonly notify_url: string | null;
  readonly createdAt: number;
  status: RefundState;
  successAt: number | null;
}

const fen = z.int().min(1).max(10_000_000_000);
const shape = z.strictObject({
  out_trade_no: z
    .string()
    .regex(/^[0-9A-Za-z_|*-]{6,32}$/)
    .optional(),
  transaction_id: z.string().min(1).max(32).optional(),
  out_refund_no: z.string().regex(/^[0-9A-Za-z_|*@-]{1,64}$/),
  reason: z.string().min(1).max(80).optional(),
  notify_url: z
    .url({ protocol: /^https?$/ })
    .max(256)
    .optional(),
  amount: z.strictObject({ refund: fen, total: fen, currency: z.literal("CNY") }),
});

/** What goes back to payers. The same number is the same refund; an order never gives back more than it took. */
export function refundBook(book: OrderBook, now: () => number) {
  const refunds = new Map<string, Refund>();
  /** What the merchant has to give: without a limit, until a tester sets one. */
  const purse = { left: Number.POSITIVE_INFINITY };
  const given = (order: Order) =>
    [...refunds.values()]
      .filter((one) => one.order === order && one.status !== "CLOSED")
      .reduce((sum, { refund }) => sum + refund, 0);

  return {
    refunds,
    purse,
    find(number: string): Refund {
      const found = refunds.get(number);
      if (!found) throw new WechatPayRefusal(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
      return found;
    },
    /** Makes the refund, or gives the one that stands under this number; `fresh` where it was made now. */
    ask(body: unknown): { refund: Refund; fresh: boolean } {
      const told = shape.safeParse(body);
      if (!told.success) {
        const [issue] = told.error.issues;
        throw new WechatPayRefusal(400, "PARAM_ERROR", `参数错误: /${issue?.path.join("/")} ${issue?.message}`);
      }
      const { out_trade_no, transaction_id, out_refund_no, amount, notify_url } = told.data;
      if (!out_trade_no === !transaction_id)
        throw new WechatPayRefusal(400, "PARAM_ERROR", "out_trade_no与transaction_id须填一项");
      const order = out_trade_no
        ? book.seen(out_trade_no)
        : [...book.orders.values()].find((one) => one.transactionId === transaction_id);
      if (!order) throw new WechatPayRefusal(404, "RESOURCE_NOT_EXISTS", "订单不存在");
      const known = refunds.get(out_refund_no);
      if (known) {
        if (known.order !== order || known.refund !== amount.refund || order.total !== amount.total)
          throw new WechatPayRefusal(400, "INVALID_REQUEST", "退款单号重复，且参数与原请求不一致");
        return { refund: known, fresh: false };
      }
      if (order.paidAt === null) throw new WechatPayRefusal(400, "INVALID_REQUEST", "订单未支付，不能退款");
      if (order.total !== amount.total) throw new WechatPayRefusal(400, "INVALID_REQUEST", "订单金额与原订单不一致");
      if (given(order) + amount.refund > order.total)
        throw new WechatPayRefusal(400, "INVALID_REQUEST", "申请退款金额大于可退金额");
      if (amount.refund > purse.left)
        throw new WechatPayRefusal(403, "NOT_ENOUGH", "基本账户余额不足，请充值后重新发起");
      purse.left -= amount.refund;
      const refund: Refund = {
        order,
        out_refund_no,
        refundId: `5030${String(randomInt(10 ** 12)).padStart(12, "0")}${String(randomInt(10 ** 12)).padStart(12, "0")}`,
        refund: amount.refund,
        notify_url: notify_url ?? null,
        createdAt: Math.floor(now() / 1000) * 1000,
        status: "PROCESSING",
        successAt: null,
      };
      refunds.set(out_refund_no, refund);
      order.state = "REFUND";
      return { refund, fresh: true };
    },
    finish(refund: Refund, status: RefundState): void {
      if (refund.status !== "PROCESSING") return;
      refund.status = status;
      if (status === "SUCCESS") refund.successAt = Math.floor(now() / 1000) * 1000;
    },
  };
}

export type RefundBook = ReturnType<typeof refundBook>;

const amounts = ({ order, refund }: Refund) => ({
  total: order.total,
  refund,
  payer_total: order.total,
  payer_refund: refund,
});

/** As answered. */
export function refundAnswerOf(one: Refund): Record<string, unknown> {
  return {
    refund_id: one.refundId,
    out_refund_no: one.out_refund_no,
    transaction_id: one.order.transactionId,
    out_trade_no: one.order.out_trade_no,
    channel: "ORIGINAL",
    user_received_account: "支付用户零钱",
    ...(one.successAt === null ? {} : { success_time: shanghai(one.successAt) }),
    create_time: shanghai(one.createdAt),
    status: one.status,
    funds_account: "AVAILABLE",
    amount: {
      ...amounts(one),
      from: [],
      settlement_refund: one.refund,
      settlement_total: one.order.total,
      discount_refund: 0,
      currency: "CNY",
    },
    promotion_detail: [],
  };
}

/** As told in a notice. */
export function refundResourceOf(one: Refund): Record<string, unknown> {
  return {
    mchid: one.order.mchid,
    out_trade_no: one.order.out_trade_no,
    transaction_id: one.order.transactionId,
    out_refund_no: one.out_refund_no,
    refund_id: one.refundId,
    refund_status: one.status,
    ...(one.successAt === null ? {} : { success_time: shanghai(one.successAt) }),
    user_received_account: "支付用户零钱",
    amount: amounts(one),
  };
}
