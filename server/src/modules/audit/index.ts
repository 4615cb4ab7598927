import { SYSTEM } from "#core/actor.ts";
import type { Module } from "#modules/module.ts";
import { anchorHead } from "./anchor.ts";
import { appendEntries } from "./append.ts";
import { auditPolicy, auditRoutes } from "./routes.ts";

/** 审计 — what happened, once for every event, in a chain that cannot be mended. */
export const audit: Module = {
  name: "audit",
  routes: auditRoutes,
  policy: auditPolicy,
  listener:
    ({ transact }) =>
    (told) =>
      transact(SYSTEM, (work) => appendEntries(work, told), { repeatable: true }),
  jobs: (means) => [{ name: "anchor-audit", everySeconds: 60, run: async () => void (await anchorHead(means)) }],
};

export { verifyChain } from "./verify.ts";
