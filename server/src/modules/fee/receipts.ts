import type { Means } from "#modules/module.ts";

/** A receipt of money taken for a notice. */
export interface Receipt {
  readonly number: string;
  /** What is asked for together with the number when somebody checks it. */
  readonly code: string;
  /** What the notice took of the money. */
  readonly amountFen: number;
  /** What of that went back since. */
  readonly refundedFen: number;
  /** 微信支付. */
  readonly channel: string;
  readonly paidAt: Date;
  readonly transactionNumber: string | null;
}
type Provider = (means: Means, noticeId: string) => Promise<readonly Receipt[]>;

let provider: Provider | null = null;
/** `payment` stands above this module and says here what receipts a notice has. */
export function receiptsBy(list: Provider): void {
  provider = list;
}
export const receiptsOf: Provider = async (means, noticeId) => (provider ? provider(means, noticeId) : []);
