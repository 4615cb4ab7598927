import "./events.ts";
import { openCasesBy } from "#modules/intake/index.ts";
import type { Module } from "#modules/module.ts";
import { caseSubscribers } from "./listen.ts";
import { defineCase } from "./model.ts";
import { openCase } from "./open.ts";
import { casePolicy, caseRoutes } from "./routes.ts";

/** 案件: opened on acceptance, with its number; seen by those who filed it and by its court. */
export const courtCase: Module = {
  name: "case",
  define: defineCase,
  policy: casePolicy,
  routes: caseRoutes,
  subscribers: caseSubscribers,
};

openCasesBy(openCase);
