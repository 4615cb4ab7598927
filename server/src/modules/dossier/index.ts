import "./events.ts";
import type { Module } from "#modules/module.ts";
import { casePapersBy } from "#modules/service/index.ts";
import { innerPolicy, innerRoutes } from "./inner-routes.ts";
import { dossierSubscribers } from "./listen.ts";
import { dossierPolicy, dossierRoutes } from "./routes.ts";
import { scanPolicy, scanRoutes } from "./scan-routes.ts";
import { answerForScans } from "./scans.ts";
import { paperToServe } from "./serve.ts";
import { textJob } from "./text.ts";

/** 电子卷宗: built as the case goes, read by those who take part in it, each page with its reader on it. */
export const dossier: Module = {
  name: "dossier",
  policy: { ...dossierPolicy, ...innerPolicy, ...scanPolicy },
  routes: (means) => [...dossierRoutes(means), ...innerRoutes(means), ...scanRoutes(means)],
  subscribers(means) {
    answerForScans(means);
    return dossierSubscribers(means);
  },
  jobs: (means) => [textJob(means)],
};

casePapersBy(paperToServe);

export { findRequest as findDossierRequest } from "./request.ts";
export { requestWorkflow as dossierRequestWorkflow } from "./workflow.ts";
