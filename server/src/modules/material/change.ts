import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { Material } from "./model.ts";
import { findOwner, findOwnerOf, mustBeOwners } from "./owner.ts";
import { problem } from "./problems.ts";
import type { MaterialChange } from "./schema.ts";
import { freePlace } from "./shelf.ts";
import { holdMaterial, openLabels, sealLabels } from "./store.ts";

/** Changes what a material is called and what it is to prove; its bytes never change. */
export async function changeMaterial(
  vault: Means["vault"],
  work: Work,
  id: string,
  change: MaterialChange,
): Promise<void> {
  const material = await holdMaterial(work, id);
  const labels = openLabels(vault, material);
  const { name = labels.name, purpose = labels.purpose, source = labels.source } = change;
  const { originality = material.originality } = change;
  await material.update(
    {
      label: sealLabels(vault, material, { name, purpose, source }),
      originality,
      version: material.version + 1,
      updatedAt: work.at,
    },
    { transaction: work.tx },
  );
  await work.emit({ name: "material.changed", ...factsOf(material) });
  const { helping } = await findOwnerOf(material, work.actor, work);
  const described = (one: { name: string; purpose: string }) =>
    one.purpose ? `${one.name}（证明：${one.purpose}）` : one.name;
  await helping?.noted(work, vault, {
    id: String(material.id),
    before: described(labels),
    after: described({ name, purpose }),
  });
}

/**
 * Takes a material off the list. What the court never saw is erased a day later; what was handed in stays in the store,
 * for the comparison of rounds.
 */
export async function removeMaterial(vault: Means["vault"], work: Work, id: string): Promise<void> {
  const material = await holdMaterial(work, id);
  const { helping } = await findOwnerOf(material, work.actor, work);
  const before = openLabels(vault, material).name;
  await helping?.noted(work, vault, { id: String(material.id), before, after: null });
  await takeOff(work, material);
}

/** The same with everything that belongs to what is itself no more. */
export async function removeAllOf(work: Work, ownerKind: string, ownerId: string): Promise<void> {
  const materials = await Material.findAll({
    where: { ownerKind, ownerId, live: 1 },
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  for (const material of materials) await takeOff(work, material);
}

/** The same, for our own hands. */
export async function takeOff(work: Work, material: Material): Promise<void> {
  if (material.state !== "refused") await freePlace(work, material, Number(material.bytes));
  await material.update({ removedAt: work.at, live: null, updatedAt: work.at }, { transaction: work.tx });
  await work.emit({ name: "material.removed", ...factsOf(material) });
  await work.emit(
    { name: "material.erasure_due", ...factsOf(material) },
    { dueAt: new Date(work.at.getTime() + ERASED_AFTER_MS) },
  );
}
const ERASED_AFTER_MS = 86_400_000;

/** Puts the materials into the order of `ids`, which must name each of them once. Throws `material.order`. */
export async function orderMaterials(
  work: Work,
  ownerKind: string,
  ownerId: string,
  ids: readonly string[],
): Promise<void> {
  mustBeOwners(await findOwner(ownerKind, ownerId, work.actor, work));
  const materials = await Material.findAll({
    where: { ownerKind, ownerId, live: 1 },
    order: [["id", "ASC"]],
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  const wanted = new Map(ids.map((id, at) => [id, at + 1]));
  const isExact =
    wanted.size === ids.length &&
    ids.length === materials.length &&
    materials.every(({ id }) => wanted.has(String(id)));
  if (!isExact) throw problem("material.order");
  for (const material of materials) {
    const position = wanted.get(String(material.id)) ?? material.position;
    if (position !== material.position)
      await material.update({ position, updatedAt: work.at }, { transaction: work.tx });
  }
}
