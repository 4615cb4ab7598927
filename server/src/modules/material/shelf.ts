import type { Work } from "#core/work.ts";
import { MAX_FILES, MAX_PLACES, MAX_TOTAL_BYTES } from "./kinds.ts";
import { problem } from "./problems.ts";

interface Shelf {
  readonly ownerKind: string;
  readonly ownerId: string;
}

/**
 * Takes a place for one more file: the limits are in the statement that counts, so that a hundred at once cannot pass
 * them together. Gives the position. Throws `material.too_many`, `material.no_room`.
 */
export async function takePlace(work: Work, { ownerKind, ownerId }: Shelf, bytes: number): Promise<number> {
  await work.change("INSERT IGNORE INTO material_shelf (owner_kind, owner_id) VALUES (?, ?)", [ownerKind, ownerId]);
  const taken = await work.change(
    `UPDATE material_shelf SET files = files + 1, bytes = bytes + ?, taken = taken + 1
     WHERE owner_kind = ? AND owner_id = ? AND files < ? AND bytes + ? <= ? AND taken < ?`,
    [bytes, ownerKind, ownerId, MAX_FILES, bytes, MAX_TOTAL_BYTES, MAX_PLACES],
  );
  const [shelf] = await work.query<{ files: number; bytes: string; taken: number }>(
    "SELECT files, bytes, taken FROM material_shelf WHERE owner_kind = ? AND owner_id = ?",
    [ownerKind, ownerId],
  );
  if (taken === 1 && shelf) return shelf.taken;
  const isFull = !shelf || shelf.files >= MAX_FILES || shelf.taken >= MAX_PLACES;
  throw problem(isFull ? "material.too_many" : "material.no_room");
}

/** Gives the place back, once for each that was taken. */
export async function freePlace(work: Work, { ownerKind, ownerId }: Shelf, bytes: number): Promise<void> {
  await work.change(
    `UPDATE material_shelf SET files = files - 1, bytes = bytes - ?
     WHERE owner_kind = ? AND owner_id = ? AND files > 0 AND bytes >= ?`,
    [bytes, ownerKind, ownerId, bytes],
  );
}
