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

export type { CourtCase } from "./model.ts";
export { actingFor, hasPower, type Participant, POWERS, type Power, participantsOf, requirePower } from "./powers.ts";
export { AGENT_KINDS, SIDES } from "./present.ts";
export { listCaseParties, listCases, titleOfCase } from "./read.ts";
export {
  type CaseRow,
  caseIdsOf,
  EXCHANGES,
  type Exchange,
  findCaseRow,
  holdCaseFor,
  PROCEDURES,
  type TrialProcedure,
} from "./store.ts";
export { writeCaseEvent } from "./timeline.ts";
