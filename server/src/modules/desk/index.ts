import "./events.ts";
import type { Module } from "#modules/module.ts";
import { deskSubscribers } from "./listen.ts";
import { deskPolicy, deskRoutes } from "./routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";
import { sendWebhooks } from "./webhook-send.ts";

/** 办案台: all cases of all courts on one desk: what has changed, what is to be done, and by when. */
export const desk: Module = {
  name: "desk",
  policy: deskPolicy,
  routes: (means) => [...deskRoutes(means), ...webhookRoutes(means)],
  subscribers: deskSubscribers,
  jobs: (means) => [{ name: "send-webhooks", everySeconds: 1, run: () => sendWebhooks(means) }],
};

export { findObligation } from "./read.ts";
export { RULES, ruleOf } from "./rules.ts";
export { forgetDeliveries } from "./webhook-send.ts";
