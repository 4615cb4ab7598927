import "./events.ts";
import type { Module } from "#modules/module.ts";
import { casePapersBy } from "#modules/service/index.ts";
import { innerPolicy, innerRoutes } from "./inner-routes.ts";
import { dossierSubscribers } from "./listen.ts";
import { dossierPolicy, dossierRoutes } from "./routes.ts";
import { paperToServe } from "./serve.ts";
import { textJob } from "./text.ts";

/** 电子卷宗: built as the case goes, read by those who take part in it, each page with its reader on it. */
export const dossier: Module = {
  name: "dossier",
  policy: { ...dossierPolicy, ...innerPolicy },
  routes: (means) => [...dossierRoutes(means), ...innerRoutes(means)],
  subscribers: dossierSubscribers,
  jobs: (means) => [textJob(means)],
};

casePapersBy(paperToServe);

export { findRequest as findDossierRequest } from "./request.ts";
export { requestWorkflow as dossierRequestWorkflow } from "./workflow.ts";
