import type { Actor } from "#core/actor.ts";
import { type UploadOrder, type UploadPlan, UploadRefused } from "#gateways/files/port.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { holdMaterial, type MaterialRow, readMaterial } from "./store.ts";
import { AWAITED, materialWorkflow } from "./workflow.ts";

/** How long addresses to upload to live; whoever comes later asks for fresh ones. */
export const UPLOAD_SECONDS = 3600;

/** Where bytes go: one address, or one for each part. `parts: []` says that nothing is left to send. */
export type Upload = Omit<Exclude<UploadPlan, { kind: "parts" }>, "kind" | "uploadId"> | Parts;
interface Parts {
  readonly method: "PUT";
  readonly partBytes: number;
  readonly parts: Extract<UploadPlan, { kind: "parts" }>["parts"];
  readonly expiresAt: Date;
}

/**
 * Fresh addresses for what is still missing of a file. Of two that ask at once for a file in parts, both are given the
 * same upload, so that no part is sent to a place nobody looks at.
 */
export async function planUpload(means: Means, actor: Actor, material: MaterialRow, isAgain: boolean): Promise<Upload> {
  const { files } = means.gateways;
  if (!AWAITED.includes(material.state)) return nothingToSend(material, means.clock.now());
  const order = orderOf(material);
  const arrived = (await files.stat(material.quarantineKey)) ?? (await files.stat(order.key));
  if (arrived?.bytes === material.bytes) return nothingToSend(material, means.clock.now());

  const plan = await resume(means, material, order);
  const isMine = await noteUpload(means, actor, material, plan.uploadId, isAgain);
  if (!isMine) {
    if (plan.uploadId) await files.abandonUpload(order.key, plan.uploadId);
    const current = await readMaterial(means, material.id);
    if (!current) throw problem("material.not_found");
    return planUpload(means, actor, current, isAgain);
  }
  const { method, expiresAt } = plan;
  if (plan.kind === "single") return { method, url: plan.url, headers: plan.headers, expiresAt };
  return { method, partBytes: plan.partBytes, parts: plan.parts, expiresAt };
}

/** Closes the upload, checks length and hash, and moves the file to a key that was never signed. Safe to repeat. */
export async function closeUpload(means: Means, material: MaterialRow): Promise<void> {
  const { files } = means.gateways;
  const { quarantineKey, bytes } = material;
  if ((await files.stat(quarantineKey))?.bytes === bytes) return;
  const order = orderOf(material);
  try {
    await files.completeUpload({ ...order, uploadId: material.uploadId });
  } catch (error) {
    if (!(error instanceof UploadRefused)) throw error;
    // Somebody else finished between our two looks.
    if ((await files.stat(quarantineKey))?.bytes === bytes) return;
    if (error.reason === "incomplete" || error.reason === "unknown") throw problem("material.incomplete");
    // What came is no good and must not stand in the way of what comes next.
    await files.abandonUpload(order.key, material.uploadId);
    await files.remove(order.key);
    throw problem(error.reason === "length" ? "material.length" : "material.hash");
  }
  await files.move(order.key, quarantineKey);
}

async function resume({ gateways: { files } }: Means, material: MaterialRow, order: UploadOrder): Promise<UploadPlan> {
  if (material.uploadId === null) return files.planUpload(order);
  try {
    return await files.resumeUpload({ ...order, uploadId: material.uploadId });
  } catch (error) {
    if (error instanceof UploadRefused && error.reason === "unknown") return files.planUpload(order);
    throw error;
  }
}

/** Keeps which upload counts and how long its addresses live; false where another was entered, or the file came, meanwhile. */
function noteUpload(
  { transact }: Means,
  actor: Actor,
  material: MaterialRow,
  uploadId: string | null,
  isAgain: boolean,
): Promise<boolean> {
  return transact(actor, async (work) => {
    const row = await holdMaterial(work, material.id);
    if (row.uploadId !== material.uploadId || !AWAITED.includes(row.state)) return false;
    const state = isAgain ? materialWorkflow.next(row.state, "upload", actor.role) : row.state;
    const uploadUntil = new Date(work.at.getTime() + UPLOAD_SECONDS * 1000);
    await row.update({ uploadId, uploadUntil, state, updatedAt: work.at }, { transaction: work.tx });
    return true;
  });
}

function orderOf(material: MaterialRow): UploadOrder {
  const { uploadKey: key, bytes, sha256, contentType } = material;
  if (!key) throw problem("material.incomplete");
  return { key, bytes, sha256, contentType, seconds: UPLOAD_SECONDS };
}

const nothingToSend = ({ bytes }: MaterialRow, expiresAt: Date): Parts => ({
  method: "PUT",
  partBytes: bytes,
  parts: [],
  expiresAt,
});
