import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { problem } from "./problems.ts";
import { findMaterial, type MaterialRow } from "./store.ts";

/** Pictures of one account, and of all, that may wait at a time; a picture takes seconds. */
const MOST_OF_ONE = 20;
const MOST_OF_ALL = 500;

/**
 * Puts a picture into the queue of the reader. Asking again changes nothing, unless the last attempt failed. Throws
 * `material.not_ready`, `material.not_picture`, `material.ocr_off`, `material.ocr_busy`.
 */
export async function askReading(work: Work, means: Means, id: string): Promise<MaterialRow> {
  const { material } = await findMaterial({ ...means, work }, work.actor, id);
  if (!means.gateways.ocr.on) throw problem("material.ocr_off", { retryAfter: 3600 });
  if (material.state !== "ready") throw problem("material.not_ready");
  if (!material.viewKey) throw problem("material.not_picture");
  const [known] = await work.query<{ state: string }>(
    "SELECT state FROM material_reading WHERE material_id = ? FOR UPDATE",
    [material.id],
  );
  if (known && known.state !== "failed") return material;
  await mustHaveRoom(work);
  await work.change(
    `INSERT INTO material_reading (material_id, state, asked_by, asked_at) VALUES (?, 'queued', ?, ?)
     ON DUPLICATE KEY UPDATE state = 'queued', asked_by = VALUES(asked_by), asked_at = VALUES(asked_at), attempts = 0,
       reason = NULL`,
    [material.id, work.actor.accountId, moment(work.at)],
  );
  await work.emit({ name: "material.reading_asked", ...factsOf(material) });
  return material;
}

async function mustHaveRoom(work: Work): Promise<void> {
  const [row] = await work.query<{ own: string; others: string }>(
    `SELECT (SELECT COUNT(*) FROM material_reading WHERE asked_by = ? AND state IN ('queued', 'reading')) AS own,
       (SELECT COUNT(*) FROM material_reading WHERE state IN ('queued', 'reading')) AS others`,
    [work.actor.accountId],
  );
  if (Number(row?.own) >= MOST_OF_ONE || Number(row?.others) >= MOST_OF_ALL)
    throw problem("material.ocr_busy", { retryAfter: 30 });
}

/** As text: a Date would lose its milliseconds on the way into the statement. */
export const moment = (at: Date): string => at.toISOString().slice(0, -1).replace("T", " ");
