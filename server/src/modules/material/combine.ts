import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { PDFDocument } from "pdf-lib";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { takeOff } from "./change.ts";
import { depositMaterial } from "./deposit.ts";
import { findOwner, mustBeOwners } from "./owner.ts";
import { problem } from "./problems.ts";
import type { Combination } from "./schema.ts";
import { holdRow, type MaterialRow, readMaterial } from "./store.ts";

/** A4 in points, and a margin that printers keep. */
const [SHORT, LONG, MARGIN] = [595.28, 841.89, 18];

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
  const bytes = await documentOf(means, pictures);
  return depositMaterial(means, actor, owner, {
    ...labels,
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    contentType: "application/pdf",
    open: () => Readable.from([bytes]),
  });
}

/** Takes the photographs off the list, in the same work that answers the caller. */
export async function retirePictures(work: Work, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const row = await holdRow(work, id);
    if (row?.live) await takeOff(work, row);
  }
}

/** The same pictures give the same bytes, so that asking again finds the document that is there. */
async function documentOf({ gateways: { files } }: Means, pictures: readonly MaterialRow[]): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const { viewKey } of pictures) {
    const chunks: Buffer[] = [];
    for await (const chunk of await files.read(viewKey as string)) chunks.push(chunk as Buffer);
    // A copy of its own: the library reads from the start of whatever memory the bytes share.
    const picture = await document.embedJpg(new Uint8Array(Buffer.concat(chunks)));
    const [width, height] = picture.width > picture.height ? [LONG, SHORT] : [SHORT, LONG];
    const size = picture.scaleToFit(width - 2 * MARGIN, height - 2 * MARGIN);
    const page = document.addPage([width, height]);
    page.drawImage(picture, { x: (width - size.width) / 2, y: (height - size.height) / 2, ...size });
  }
  return Buffer.from(await document.save());
}
