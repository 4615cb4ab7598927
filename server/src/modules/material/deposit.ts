import type { Readable } from "node:stream";
import type { Actor } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { addMaterial } from "./add.ts";
import { factsOf } from "./events.ts";
import type { MaterialOrder } from "./schema.ts";
import { holdMaterial, type MaterialRow } from "./store.ts";
import { AWAITED, materialWorkflow } from "./workflow.ts";

export interface Deposit extends Omit<MaterialOrder, "bytes" | "sha256"> {
  readonly bytes: number;
  readonly sha256: string;
  readonly open: () => Readable;
}

/**
 * Hands in a file that is in our hands already (out of an archive somebody uploaded): the same row, the same place on the
 * shelf, and the same examination as an upload from a phone. Safe to repeat: the same bytes are the same material. Gives
 * its id. Throws what `addMaterial` throws.
 */
export async function depositMaterial(
  means: Means,
  actor: Actor,
  owner: { readonly ownerKind: string; readonly ownerId: string },
  { open, ...order }: Deposit,
): Promise<string> {
  const { material } = await means.transact(actor, (work) => addMaterial(means, work, owner, order), {
    repeatable: true,
  });
  if (!AWAITED.includes(material.state)) return material.id;
  await means.gateways.files.write(material.quarantineKey, open(), { maxBytes: order.bytes });
  await means.transact(
    actor,
    async (work) => {
      const row = await holdMaterial(work, material.id);
      if (!AWAITED.includes(row.state)) return;
      const state = materialWorkflow.next(row.state, "complete", actor.role);
      await row.update({ state, version: row.version + 1, updatedAt: work.at }, { transaction: work.tx });
      await work.emit({ name: "material.uploaded", ...factsOf(row) }, { dueAt: work.at });
    },
    { repeatable: true },
  );
  return material.id;
}

/** Hands the same bytes in again for another owner: one signature for every filing of a batch. Gives the new id. */
export async function copyMaterial(
  means: Means,
  actor: Actor,
  from: MaterialRow,
  owner: { readonly ownerKind: string; readonly ownerId: string },
): Promise<string> {
  const { name, kind, purpose, source, contentType, bytes, sha256, sealedKey } = from;
  const content = await means.gateways.files.read(sealedKey);
  const originality = from.originality as MaterialOrder["originality"];
  try {
    const order = { name, kind, purpose, source, originality, contentType, bytes, sha256 };
    return await depositMaterial(means, actor, owner, { ...order, open: () => content });
  } finally {
    content.destroy();
  }
}
