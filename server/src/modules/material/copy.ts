import { randomBytes } from "node:crypto";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { Material } from "./model.ts";
import { takePlace } from "./shelf.ts";
import { openLabels, sealLabels } from "./store.ts";

/**
 * Lets a second owner have what a first one has handed in, without a second copy of any file: rows of their own over the
 * same sealed bytes. What was handed in is never erased, so neither can take it from the other. Gives old id → new id.
 */
export async function copyMaterials(
  work: Work,
  { vault }: Pick<Means, "vault">,
  from: { ownerKind: string; ownerId: string },
  to: { ownerKind: string; ownerId: string; accountId: string; courtCode: string },
): Promise<Map<string, string>> {
  const rows = await Material.findAll({
    where: { ...from, live: 1, state: "ready" },
    order: [
      ["position", "ASC"],
      ["id", "ASC"],
    ],
    transaction: work.tx,
  });
  const copies = new Map<string, string>();
  for (const row of rows) {
    // Handed in for good, whether or not the listener has said so yet.
    if (row.handedInRound === null) await row.update({ handedInRound: row.round }, { transaction: work.tx });
    const sealRef = randomBytes(16).toString("hex");
    const position = await takePlace(work, to, Number(row.bytes));
    const { id: _, ...values } = row.get({ plain: true });
    const copy = await Material.create(
      {
        ...values,
        ...to,
        sealRef,
        label: sealLabels(vault, { sealRef }, openLabels(vault, row)),
        uploadKey: null,
        uploadId: null,
        position,
        round: 1,
        handedInRound: 1,
        createdAt: work.at,
        updatedAt: work.at,
      },
      { transaction: work.tx },
    );
    copies.set(String(row.id), String(copy.id));
  }
  return copies;
}
