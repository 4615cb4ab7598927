import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { OWNER_KIND } from "./announce.ts";
import { BulkRow } from "./model.ts";
import { hasArrived, moveJob } from "./move.ts";
import { runStep } from "./step.ts";
import { holdJob } from "./store.ts";

/** What the worker does on being told; every part of it is safe to repeat. */
export function bulkSubscribers(means: Means): Subscribers {
  return {
    "bulk.step_due": ({ jobId, step }) => runStep(means, jobId, step),

    async "material.ready"({ ownerKind, ownerId }) {
      if (ownerKind !== OWNER_KIND) return;
      await means.transact(
        SYSTEM,
        async (work) => {
          const job = await holdJob(work, ownerId);
          if (job.state === "uploading" && (await hasArrived(means, means.database, job)))
            await moveJob(work, job, "arrive");
        },
        { repeatable: true },
      );
    },
    async "material.refused"({ ownerKind, ownerId, materialId }) {
      if (ownerKind !== OWNER_KIND) return;
      await means.transact(
        SYSTEM,
        async (work) => {
          const job = await holdJob(work, ownerId);
          const isOurs = [job.sheetId, job.archiveId].some((id) => id !== null && String(id) === materialId);
          if (job.state === "uploading" && isOurs) await moveJob(work, job, "refuse");
        },
        { repeatable: true },
      );
    },

    /** A draft of ours was handed in or withdrawn, by the job or by hand. */
    async "filing.moved"({ filingId, action }) {
      if (action !== "submit" && action !== "withdraw") return;
      await means.transact(
        SYSTEM,
        async (work) => {
          const row = await BulkRow.findOne({ where: { filingId }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
          if (!row || row.state === "withdrawn") return;
          // What was withdrawn may be filed anew: the key is free again.
          const set =
            action === "withdraw" ? { state: "withdrawn" as const, liveKey: null } : { state: "submitted" as const };
          await row.update({ ...set, updatedAt: work.at }, { transaction: work.tx });
        },
        { repeatable: true },
      );
    },
  };
}
