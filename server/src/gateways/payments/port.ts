/** Paying the court fee. `orderNumber` is ours; asking twice with the same one opens one payment. Money is fen. */
export interface Payments {
  /** What the client hands to WeChat: parameters to sign in the mini-program, an address elsewhere. */
  open(order: PaymentOrder): Promise<PaymentOpening>;
  /** The truth about an order. A notice is a hint to ask, never a reason to believe. */
  find(orderNumber: string): Promise<PaymentTruth>;
  /** Checks the signature of a notice over its raw bytes and opens its envelope; throws where it is not theirs. */
  readNotice(headers: Readonly<Record<string, string>>, body: Buffer): Promise<{ readonly orderNumber: string }>;
  /** Closes an order nobody paid. Safe to repeat. */
  close(orderNumber: string): Promise<void>;
  refund(refund: {
    orderNumber: string;
    refundNumber: string;
    refundFen: number;
    totalFen: number;
    reason: string;
  }): Promise<void>;
}

export interface PaymentOrder {
  readonly orderNumber: string;
  readonly channel: "wechat_jsapi" | "wechat_native" | "wechat_h5";
  readonly amountFen: number;
  readonly title: string;
  readonly expiresAt: Date;
  /** Needed for `wechat_jsapi`. */
  readonly openid: string | null;
}

export type PaymentOpening =
  | {
      readonly channel: "wechat_jsapi";
      readonly parameters: Readonly<Record<"timeStamp" | "nonceStr" | "package" | "signType" | "paySign", string>>;
    }
  | { readonly channel: "wechat_native"; readonly codeUrl: string }
  | { readonly channel: "wechat_h5"; readonly h5Url: string };

export interface PaymentTruth {
  readonly state: "unpaid" | "paid" | "closed" | "refunded" | "unknown";
  readonly paidFen: number;
  readonly paidAt: Date | null;
}
