import type { RefundOrigin } from "./workflow.ts";

/** Which of the inputs of `settle` brought the news. */
export type Source = "notice" | "query" | "bill";

declare module "#core/outbox.ts" {
  interface EventMap {
    /** An order stands at WeChat and may be paid. */
    "payment.opened": { readonly paymentId: string; readonly noticeId: string; readonly amountFen: number };
    "payment.succeeded": {
      readonly paymentId: string;
      readonly noticeId: string;
      readonly amountFen: number;
      readonly source: Source;
    };
    /** Nobody paid and nobody can any more. */
    "payment.closed": { readonly paymentId: string; readonly noticeId: string };
    /** Money came that the notice did not need: it goes back by itself. */
    "payment.duplicate": {
      readonly paymentId: string;
      readonly noticeId: string;
      readonly refundId: string;
      readonly surplusFen: number;
    };
    /** What WeChat says does not fit what we asked for: nothing moved, people must look. */
    "payment.quarantined": { readonly alarmId: string; readonly kind: string };
    "refund.requested": RefundTold;
    "refund.approved": RefundTold;
    "refund.rejected": RefundTold;
    "refund.succeeded": RefundTold;
    "refund.failed": RefundTold;
    "reconciliation.finished": { readonly day: string; readonly state: string; readonly differences: number };
  }
}

export interface RefundTold {
  readonly refundId: string;
  readonly paymentId: string;
  readonly noticeId: string;
  readonly amountFen: number;
  readonly origin: RefundOrigin;
}
