import "./events.ts";
import type { Module } from "#modules/module.ts";
import { deskSubscribers } from "./listen.ts";
import { deskPolicy, deskRoutes } from "./routes.ts";

/** 办案台: all cases of all courts on one desk: what has changed, what is to be done, and by when. */
export const desk: Module = {
  name: "desk",
  policy: deskPolicy,
  routes: deskRoutes,
  subscribers: deskSubscribers,
};

export { findObligation } from "./read.ts";
export { RULES, ruleOf } from "./rules.ts";
