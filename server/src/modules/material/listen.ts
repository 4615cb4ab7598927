import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { examineMaterial } from "./examine.ts";
import { forgetReading } from "./reading-job.ts";
import { readMaterial } from "./store.ts";

/** What the worker does on being told; every part of it is safe to repeat. */
export function materialSubscribers(means: Means): Subscribers {
  return {
    "material.uploaded": ({ materialId }) => examineMaterial(means, materialId),
    "material.refused": ({ materialId }) => erase(means, materialId),
    async "material.erasure_due"({ materialId }) {
      const material = await readMaterial(means, materialId);
      // What the court has seen stays, also when a later round no longer contains it.
      if (material?.removedAt && material.handedInRound === null) await erase(means, materialId);
    },

    /** The filing was handed in: whatever was on the list at that moment has now been seen by the court. */
    async "filing.moved"({ filingId, action, round }, { at }) {
      if (action === "submit") await markHandedIn(means, { ownerKind: "filing", ownerId: filingId }, round, at);
    },
    /** The same with the papers of somebody who asks to pay less, or later. */
    "fee.relief_requested": ({ noticeId }, { at }) =>
      markHandedIn(means, { ownerKind: "fee_notice", ownerId: noticeId }, 1, at),
  };
}

async function markHandedIn(
  { transact }: Means,
  { ownerKind, ownerId }: { ownerKind: string; ownerId: string },
  round: number,
  at: Date,
): Promise<void> {
  // As text: a Date would lose its milliseconds on the way into the statement.
  const moment = at.toISOString().slice(0, -1).replace("T", " ");
  await transact(
    SYSTEM,
    (work) =>
      work.change(
        `UPDATE material SET handed_in_round = ?
         WHERE owner_kind = ? AND owner_id = ? AND handed_in_round IS NULL AND state IN ('scanning', 'ready')
           AND created_at <= ? AND (removed_at IS NULL OR removed_at > ?)`,
        [round, ownerKind, ownerId, moment, moment],
      ),
    { repeatable: true },
  );
}

async function erase(means: Means, id: string): Promise<void> {
  const material = await readMaterial(means, id);
  if (!material) return;
  const { quarantineKey, sealedKey, viewKey } = material;
  for (const key of [quarantineKey, sealedKey, viewKey]) if (key) await means.gateways.files.remove(key);
  await forgetReading(means, id);
}
