import type { Module } from "#modules/module.ts";

/** 诉讼费: what is to be paid for a case, by whom and until when; relief, changes and the ledger. */
export const fee: Module = { name: "fee" };
