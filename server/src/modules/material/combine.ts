import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { bindPictures } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { takeOff } from "./change.ts";
import { depositMaterial } from "./deposit.ts";
import { findOwner, mustBeOwners } from "./owner.ts";
import { problem } from "./problems.ts";
import type { Combination } from "./schema.ts";
import { holdRow, type MaterialRow, readMaterial } from "./store.ts";

/**
 * Several photographs as one document, a page each, in the order given: what was photographed page by page is one piece of
 * evidence. The photographs leave the list when the document is on it. Null where one of them has left it already: then
 * this was done before. Throws `material.not_found`, `material.not_editable`, `material.not_pictures`.
 */
export async function combinePictures(
  means: Means,
  actor: Actor,
  filingId: string,
  { ids, ...labels }: Combination,
): Promise<string | null> {
  const owner = { ownerKind: "filing", ownerId: filingId };
  mustBeOwners(await findOwner(owner.ownerKind, filingId, actor));
  const pictures: MaterialRow[] = [];
  for (const id of ids) {
    const picture = await readMaterial(means, id);
    if (!picture || picture.ownerKind !== owner.ownerKind || picture.ownerId !== filingId)
      throw problem("material.not_found");
    if (picture.removedAt) return null;
    if (picture.state !== "ready" || !picture.viewKey) throw problem("material.not_pictures");
    pictures.push(picture);
  }
  // The same pictures give the same bytes, so that asking again finds the document that is there.
  const bytes = await bindPictures(picturesOf(means, pictures));
  return depositMaterial(means, actor, owner, {
    ...labels,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    contentType: "application/pdf",
    open: () => Readable.from([bytes]),
  });
}

/** Takes off the list what became part of something else, in the same work. Gives how many were still there. */
export async function retireMaterials(work: Work, ids: readonly string[]): Promise<number> {
  let retired = 0;
  for (const id of ids) {
    const row = await holdRow(work, id);
    if (!row?.live) continue;
    await takeOff(work, row);
    retired += 1;
  }
  return retired;
}

async function* picturesOf({ gateways: { files } }: Means, pictures: readonly MaterialRow[]): AsyncGenerator<Buffer> {
  for (const { viewKey } of pictures) {
    const chunks: Buffer[] = [];
    for await (const chunk of await files.read(viewKey as string)) chunks.push(chunk as Buffer);
    yield Buffer.concat(chunks);
  }
}
