import "./events.ts";
import { ruleSessionsBy } from "#modules/hearing/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { mayOpen, notesOf } from "./gate.ts";
import { questioningSubscribers } from "./listen.ts";
import { defineQuestioning, Questioning } from "./model.ts";
import { placePolicy, placeRoutes } from "./places-routes.ts";
import { questioningPolicy, questioningRoutes } from "./routes.ts";

/** 远程提讯: one person in custody, asked by a judge on the screen, with an officer of the place beside them. */
export const questioning: Module = {
  name: "questioning",
  define: defineQuestioning,
  policy: { ...questioningPolicy, ...placePolicy },
  routes: (means) => [...placeRoutes(means), ...questioningRoutes(means)],
  subscribers: questioningSubscribers,
};

ruleSessionsBy("questioning", { mayOpen, notes: notesOf });

/** The one a session belongs to; null for sessions of another kind. */
export const questioningOf = (_: Means, hearingId: string): Promise<Questioning | null> =>
  Questioning.findOne({ where: { hearingId } });

export { askQuestioning } from "./ask.ts";
export { makeLink } from "./link.ts";
export type { Questioning } from "./model.ts";
export { addPlace } from "./places.ts";
export { findQuestioning } from "./store.ts";
export { questioningWorkflow } from "./workflow.ts";
