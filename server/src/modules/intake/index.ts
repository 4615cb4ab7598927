import "./events.ts";
import type { Module } from "#modules/module.ts";
import { intakeSubscribers } from "./listen.ts";
import { mediationRoutes } from "./mediation-routes.ts";
import { defineIntake } from "./model.ts";
import { paperRoutes } from "./paper-routes.ts";
import { intakePolicy } from "./policy.ts";
import { repoolAll } from "./repool.ts";
import { intakeRoutes } from "./routes.ts";
import { seriesRoutes } from "./series-routes.ts";
import { settingsRoutes } from "./settings-routes.ts";
import { statisticsRoutes } from "./statistics-routes.ts";

/** 收案审查: the court's queues, who holds what, and the decisions on filings. */
export const intake: Module = {
  name: "intake",
  define: defineIntake,
  policy: intakePolicy,
  routes: (means) => [
    ...intakeRoutes(means),
    ...seriesRoutes(means),
    ...mediationRoutes(means),
    ...paperRoutes(means),
    ...settingsRoutes(means),
    ...statisticsRoutes(means),
  ],
  subscribers: intakeSubscribers,
  jobs: ({ transact }) => [{ name: "return-expired-claims", everySeconds: 30, run: () => repoolAll(transact) }],
};

export { type Acceptance, type DecisionInput, decideFiling, openCasesBy } from "./decide.ts";
export { seedIntakeRules } from "./seed.ts";
export { intakeWorkflow } from "./workflow.ts";
