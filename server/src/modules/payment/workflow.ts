import { type Move, workflow } from "#core/workflow.ts";

const PAYER = ["litigant", "lawyer"] as const;
/** Those at the counter who may open and look after an order. */
export const COUNTER = ["clerk", "court_clerk", "supervisor"] as const;
export const REFUND_ASKERS = ["clerk", "court_clerk", "judge", "supervisor"] as const;
const LIVE = ["created", "processing"] as const;

/**
 * 支付. WeChat's word decides; people may ask for it (`check`) or give an order up (`cancel`). Money that arrives for an
 * order already closed has arrived all the same.
 */
export const paymentWorkflow = workflow({
  start: "created",
  states: {
    created: "正在打开微信支付",
    processing: "等待支付结果",
    succeeded: "支付成功",
    failed: "未付成",
    closed: "已关闭",
    refunding: "退款中",
    refunded: "已退款",
  },
  moves: {
    open: { label: "打开", from: ["created"], to: "processing", by: ["system"] },
    check: { label: "我已付款，请核实", from: LIVE, to: "processing", by: [...PAYER, ...COUNTER] },
    cancel: { label: "不付了", from: LIVE, to: "closed", by: [...PAYER, ...COUNTER] },
    close: { label: "关闭", from: LIVE, to: "closed", by: ["system"] },
    fail: { label: "未付成", from: LIVE, to: "failed", by: ["system"] },
    succeed: { label: "收到款项", from: [...LIVE, "failed", "closed"], to: "succeeded", by: ["system"] },
    return: { label: "退款", from: ["succeeded"], to: "refunding", by: ["system"] },
    returned: { label: "退款完成", from: ["succeeded", "refunding"], to: "refunded", by: ["system"] },
  },
});
export type PaymentState = keyof typeof paymentWorkflow.states;

/** States go only forward: news of a lower rank is old news. */
export const RANK: Readonly<Record<PaymentState, number>> = {
  created: 0,
  processing: 1,
  failed: 2,
  closed: 2,
  succeeded: 3,
  refunding: 4,
  refunded: 5,
};
export const isPaid = (state: PaymentState): boolean => RANK[state] >= RANK.succeeded;
export const isLive = (state: PaymentState): boolean => RANK[state] <= RANK.processing;

/** 退费. Asked by one, approved by another; what was paid twice needs nobody. */
export const refundWorkflow = workflow({
  start: "requested",
  states: {
    requested: "待审批",
    approved: "已批准，正在提交微信",
    processing: "微信退款中",
    succeeded: "已退回",
    failed: "退款未成功",
    rejected: "未批准",
  },
  moves: {
    approve: { label: "批准", from: ["requested"], to: "approved", by: ["supervisor"] },
    reject: { label: "不批准", from: ["requested"], to: "rejected", by: ["supervisor"] },
    send: { label: "提交微信", from: ["approved"], to: "processing", by: ["system"] },
    succeed: { label: "退回", from: ["approved", "processing", "failed"], to: "succeeded", by: ["system"] },
    fail: { label: "未成功", from: ["approved", "processing"], to: "failed", by: ["system"] },
    retry: { label: "重新退款", from: ["failed"], to: "approved", by: ["supervisor"] },
  },
});
export type RefundState = keyof typeof refundWorkflow.states;
export type RefundAction = "approve" | "reject" | "retry";

/** What is asked for, under way or done: as much of the payment is spoken for. */
export const SPOKEN_FOR: readonly RefundState[] = ["requested", "approved", "processing", "failed", "succeeded"];

export const REFUND_ORIGINS = {
  staff: "法院提出",
  change: "诉讼费变动",
  duplicate: "重复支付自动退回",
} as const;
export type RefundOrigin = keyof typeof REFUND_ORIGINS;

export const CHANNELS = {
  wechat_jsapi: "微信小程序支付",
  wechat_native: "微信扫码支付",
  wechat_h5: "微信网页支付",
} as const;

/** Every move of payments leads upwards; said here so that a test can walk it. */
export const movesOfPayment = (): readonly [string, Move<PaymentState>][] => Object.entries(paymentWorkflow.moves);
