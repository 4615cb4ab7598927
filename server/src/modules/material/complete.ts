import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { examineMaterial } from "./examine.ts";
import { AT_ONCE_BYTES } from "./kinds.ts";
import { mustBeChangeable } from "./owner.ts";
import { findMaterial, holdMaterial } from "./store.ts";
import { closeUpload } from "./upload.ts";
import { AWAITED, materialWorkflow } from "./workflow.ts";

/** How many files this node looks into while somebody waits; the others are left to the worker. */
const MAX_AT_ONCE = 2;
/** The worker comes after those who do it at once, and finds nothing left to do. */
const HEAD_START_MS = 15_000;
/** Nobody waits longer for a verdict: the answer is `scanning` then. */
const AT_ONCE_MS = 5_000;
let atOnce = 0;

/**
 * Closes an upload and has the file looked into: a small one at once, so that the phone knows the verdict, any other by
 * the worker. Safe to repeat in every state. Throws `material.incomplete`, `material.length`, `material.hash`.
 */
export async function completeMaterial(means: Means, actor: Actor, id: string): Promise<void> {
  const { material, owner } = await findMaterial(means, actor, id);
  if (!AWAITED.includes(material.state)) return;
  mustBeChangeable(owner, actor, material);
  await closeUpload(means, material);

  const isAtOnce = material.bytes <= AT_ONCE_BYTES && atOnce < MAX_AT_ONCE;
  await means.transact(actor, async (work) => {
    const row = await holdMaterial(work, id);
    if (!AWAITED.includes(row.state)) return;
    const state = materialWorkflow.next(row.state, "complete", actor.role);
    await row.update({ state, version: row.version + 1, updatedAt: work.at }, { transaction: work.tx });
    const dueAt = new Date(work.at.getTime() + (isAtOnce ? HEAD_START_MS : 0));
    await work.emit({ name: "material.uploaded", ...factsOf(row) }, { dueAt });
  });
  if (isAtOnce) await within(AT_ONCE_MS, examineNow(means, id));
}

/** What fails here is done again by the worker: the upload stands, and the file stays closed. */
async function examineNow(means: Means, id: string): Promise<void> {
  atOnce += 1;
  try {
    await examineMaterial(means, id);
  } catch (error) {
    means.logger.warn({ err: error, material: id }, "not examined at once");
  } finally {
    atOnce -= 1;
  }
}

/** Waits for the end, or for so long; it goes on either way. */
async function within(milliseconds: number, doing: Promise<void>): Promise<void> {
  const stop = new AbortController();
  await Promise.race([doing, sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => {})]);
  stop.abort();
}
