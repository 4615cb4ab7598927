import type { Module } from "#modules/module.ts";

/** 支付: orders, their settlement, refunds and the daily reconciliation. */
export const payment: Module = { name: "payment" };
