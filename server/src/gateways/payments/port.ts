import { GatewayError } from "../gateway-error.ts";

export { GatewayError };

/** Paying the court fee through WeChat Pay. Order and refund numbers are ours. Money is fen. */
export interface Payments {
  /** Opens an order; asking twice with the same number opens one. Throws `PaymentAlreadyPaid`, `PaymentRefused`. */
  open(order: PaymentOrder): Promise<PaymentOpening>;
  /** What `wx.requestPayment` takes, signed anew for an order that stands; makes no call. */
  sheet(prepayId: string): JsapiParameters;
  /** What WeChat knows of an order; null where it knows none of that number. */
  find(orderNumber: string): Promise<PaymentFact | null>;
  /** Closes an order nobody paid. Safe to repeat. Throws `PaymentAlreadyPaid`. */
  close(orderNumber: string): Promise<void>;
  /** Asks for a refund; the same number again is the same refund. Throws `PaymentRefused`. */
  refund(refund: RefundOrder): Promise<RefundFact>;
  findRefund(refundNumber: string): Promise<RefundFact | null>;
  /**
   * Reads a notice: signature over the raw bytes, age, envelope, merchant. Makes no outgoing call. Throws `NoticeRefused`
   * for whatever is not surely WeChat's word to us.
   */
  readNotice(headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer): PaymentNotice;
  /** The lines of one day's bill (`YYYY-MM-DD`, Shanghai); none where nothing happened. Throws while it is not ready. */
  bill(day: string): Promise<BillLine[]>;
}

export type PaymentChannel = "wechat_jsapi" | "wechat_native" | "wechat_h5";

export interface PaymentOrder {
  readonly orderNumber: string;
  readonly channel: PaymentChannel;
  readonly amountFen: number;
  readonly title: string;
  readonly expiresAt: Date;
  /** Needed for `wechat_jsapi`. */
  readonly openid: string | null;
  /** Needed for `wechat_h5`: the payer's address. */
  readonly clientIp: string;
}

export type JsapiParameters = Readonly<Record<"timeStamp" | "nonceStr" | "package" | "signType" | "paySign", string>>;
export type PaymentOpening =
  | { readonly channel: "wechat_jsapi"; readonly prepayId: string }
  | { readonly channel: "wechat_native"; readonly codeUrl: string }
  | { readonly channel: "wechat_h5"; readonly h5Url: string };

export interface PaymentFact {
  readonly orderNumber: string;
  readonly transactionNumber: string | null;
  readonly state: "unpaid" | "paying" | "paid" | "closed" | "failed" | "refunded";
  /** 0 where WeChat does not say it: it need not while nobody has paid. */
  readonly amountFen: number;
  /** `CNY`, or the foreign one where anything about the money was foreign. */
  readonly currency: string;
  readonly paidAt: Date | null;
}

export interface RefundOrder {
  readonly orderNumber: string;
  readonly refundNumber: string;
  readonly refundFen: number;
  readonly totalFen: number;
  readonly reason: string;
}

export interface RefundFact {
  readonly refundNumber: string;
  readonly orderNumber: string;
  readonly refundId: string;
  readonly state: "processing" | "succeeded" | "closed" | "abnormal";
  readonly amountFen: number;
  readonly totalFen: number;
  readonly succeededAt: Date | null;
}

export type PaymentNotice =
  | { readonly kind: "payment"; readonly fact: PaymentFact }
  | { readonly kind: "refund"; readonly fact: RefundFact };

export interface BillLine {
  readonly kind: "payment" | "refund";
  readonly orderNumber: string;
  readonly transactionNumber: string;
  readonly refundNumber: string | null;
  /** What was paid for the order; 0 for a refund. */
  readonly amountFen: number;
  /** What this line gave back; 0 for a payment. */
  readonly refundFen: number;
  readonly at: Date;
  readonly tradeType: string;
  /** 手续费. */
  readonly chargeFen: number;
}

/** Somebody says to be WeChat and is not, or speaks of somebody else's money. `reason` is for the log. */
export class NoticeRefused extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`payment notice refused: ${reason}`);
    this.reason = reason;
  }
}

/** The order cannot be closed or opened: it was paid. */
export class PaymentAlreadyPaid extends Error {}

/** WeChat understood and said no; asking the same again is of no use before something changed. `refusal` is WeChat's word. */
export class PaymentRefused extends GatewayError {
  readonly refusal: string;
  constructor(refusal: string, status: number) {
    super("payments", `answered ${status} ${refusal}`);
    this.refusal = refusal;
  }
}
