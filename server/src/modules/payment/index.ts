import "./events.ts";
import { receiptsBy } from "#modules/fee/index.ts";
import type { Module } from "#modules/module.ts";
import { paymentJobs } from "./jobs.ts";
import { paymentSubscribers } from "./listen.ts";
import { definePayment } from "./model.ts";
import { paymentPolicy } from "./policy.ts";
import { listReceipts } from "./receipt.ts";
import { reconciliationRoutes } from "./reconciliation-routes.ts";
import { refundRoutes } from "./refund-routes.ts";
import { paymentRoutes } from "./routes.ts";

/** 支付: orders, their settlement, refunds and the daily reconciliation. */
export const payment: Module = {
  name: "payment",
  define: definePayment,
  policy: paymentPolicy,
  routes: (means) => [...paymentRoutes(means), ...refundRoutes(means), ...reconciliationRoutes(means)],
  subscribers: paymentSubscribers,
  jobs: paymentJobs,
};

receiptsBy(listReceipts);

export { askPayments } from "./ask.ts";
export { reconcileDue } from "./jobs.ts";
export { findRefund, type RefundRow } from "./present.ts";
export { sendRefunds } from "./send-refunds.ts";
export { findPayment, type PaymentRow } from "./store.ts";
export { forgetOpenings, type Unsettled, unsettledPayments } from "./unsettled.ts";
export { paymentWorkflow, refundWorkflow } from "./workflow.ts";
