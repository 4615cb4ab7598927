import { call } from "./client";
import type { OpenedPayment, PayChannel, Payment } from "./types";

export interface PaymentOrder {
  channel: PayChannel;
  /** A part of what is outstanding; all of it when left out. */
  amountFen?: number;
  payCode?: string;
}
export const openPayment = (noticeId: string, body: PaymentOrder, key: string) =>
  call<OpenedPayment>({ method: "POST", path: `/fee-notices/${noticeId}/payments`, body, key });
export const listPayments = (noticeId: string) =>
  call<{ items: Payment[] }>({ path: `/fee-notices/${noticeId}/payments` });
export const getPayment = (id: string) => call<Payment>({ path: `/payments/${id}` });
/** `check` has the court ask WeChat now; `cancel` closes the order. Both answer the payment as it then is. */
export const movePayment = (id: string, action: "check" | "cancel", key: string) =>
  call<Payment>({ method: "POST", path: `/payments/${id}/moves`, body: { action }, key });
