import "./events.ts";
import type { Module } from "#modules/module.ts";
import { serviceSubscribers } from "./listen.ts";
import { defineService } from "./model.ts";
import { servicePolicy, serviceRoutes } from "./routes.ts";

/** 送达: what is brought to whom, by which ways, when it took effect and why; and the proof of it. */
export const service: Module = {
  name: "service",
  define: defineService,
  policy: servicePolicy,
  routes: serviceRoutes,
  subscribers: serviceSubscribers,
};

export { casePapersBy } from "./case-papers.ts";
export { CHANNELS, DOCUMENT_KINDS } from "./kinds.ts";
export { type Outlook, serviceOutlook } from "./outlook.ts";
export { paperRefused } from "./problems.ts";
export {
  type CertificateFacts,
  checkCertificate,
  documentNamed,
  publicKeyOf,
  readPublicKey,
  signingKey,
} from "./seal.ts";
export { type ServedPapers, servedPapers } from "./served.ts";
export { findService, type ServiceRow } from "./store.ts";
export { dropSummonses, listSummonses, type Summoning, serveSummons } from "./summon.ts";
export { serviceWorkflow } from "./workflow.ts";
