import "./events.ts";
import { othersHandledBy } from "#modules/account/index.ts";
import { payersStayBy } from "#modules/fee/index.ts";
import { openCasesBy } from "#modules/intake/index.ts";
import type { Module } from "#modules/module.ts";
import { hasNotLeft } from "./fee-payers.ts";
import { followInnerFeed } from "./inner-feed.ts";
import { caseSubscribers } from "./listen.ts";
import { defineCase } from "./model.ts";
import { openCase } from "./open.ts";
import { handlesForOthers } from "./powers.ts";
import { casePolicy, caseRoutes } from "./routes.ts";

/** 案件: opened on acceptance, with its number; seen by those who filed it and by its court. */
export const courtCase: Module = {
  name: "case",
  define: defineCase,
  policy: casePolicy,
  routes: caseRoutes,
  subscribers: caseSubscribers,
  jobs: (means) => [{ name: "inner-feed", everySeconds: 5, run: () => followInnerFeed(means) }],
};

openCasesBy(openCase);
payersStayBy(hasNotLeft);
othersHandledBy(handlesForOthers);

export { findInvitation } from "./access-code.ts";
export { assignCase } from "./assign.ts";
export { findDelegation, listThrough, type Through } from "./delegation-present.ts";
export { throughView } from "./delegation-schema.ts";
export { forgetTries } from "./join.ts";
export { type CaseLimit, readLimit } from "./limit.ts";
export type { CourtCase } from "./model.ts";
export {
  actingFor,
  actsFor,
  type Handler,
  handlersOf,
  handlesFor,
  handlingFor,
  hasAgents,
  hasPower,
  lawyersOf,
  mayHandle,
  type Participant,
  POWERS,
  type Power,
  participantsOf,
  partiesActedFor,
  requirePower,
  takesPart,
} from "./powers.ts";
export { AGENT_KINDS, SIDES } from "./present.ts";
export {
  BRIEF,
  type BriefRow,
  briefsOf,
  type CaseBrief,
  type CaseFacts,
  findParties,
  listCaseFacts,
  listCaseParties,
  listCases,
  nameOfParty,
  OF_PARTY,
  type OfPartyRow,
  partyIndexes,
  sidesInCase,
  titleOfCase,
} from "./read.ts";
export {
  type CaseRow,
  caseIdsAtBench,
  caseIdsOf,
  EXCHANGES,
  type Exchange,
  findCaseRow,
  holdCaseFor,
  PROCEDURES,
  type TrialProcedure,
} from "./store.ts";
export { listCaseEvents, openCaseEvents, writeCaseEvent } from "./timeline.ts";
export { caseWorkflow } from "./workflow.ts";
