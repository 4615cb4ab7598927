import "./events.ts";
import { inBites } from "#core/database.ts";
import { registerOwner } from "#modules/material/index.ts";
import type { Means, Module } from "#modules/module.ts";
import { OWNER_KIND, SIGNABLE } from "./announce.ts";
import { bulkSubscribers } from "./listen.ts";
import { BulkJob, defineBulk } from "./model.ts";
import { bulkPolicy } from "./policy.ts";
import { problem } from "./problems.ts";
import { bulkRoutes } from "./routes.ts";

/** 批量立案: a sheet with a case in every row becomes drafts, and drafts become filings. */
export const bulk: Module = {
  name: "bulk",
  define: defineBulk,
  policy: bulkPolicy,
  routes: bulkRoutes,
  subscribers: bulkSubscribers,
};

// The sheet, the archive and the signature of a job are materials of the job.
registerOwner(OWNER_KIND, {
  archives: true,
  async find(actor, ownerId, work) {
    const job = await BulkJob.findByPk(ownerId, {
      attributes: ["id", "accountId", "courtCode", "state"],
      ...(work ? { transaction: work.tx, lock: work.tx.LOCK.UPDATE } : {}),
    });
    const isTheirs = job && (actor.role === "system" || String(job.accountId) === actor.accountId);
    if (!isTheirs) throw problem("bulk.not_found");
    return {
      editable: job.state === "uploading" || SIGNABLE.includes(job.state),
      courtCode: job.courtCode,
      accountId: String(job.accountId),
      round: 1,
    };
  },
});

/** Rows of a sheet that never became a filing. */
export const forgetRows = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM bulk_row WHERE filing_id IS NULL AND updated_at < ?", [before]);

export { jobWorkflow } from "./workflow.ts";
