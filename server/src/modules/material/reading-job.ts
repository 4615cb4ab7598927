import { SYSTEM } from "#core/actor.ts";
import { GatewayError, Unreadable } from "#gateways/ocr/port.ts";
import type { Job, Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { moment } from "./reading-ask.ts";
import { loadView } from "./reading-crop.ts";
import { understand } from "./reading-kind.ts";
import { type ReadingFault, type ReadResult, sealResult } from "./reading-store.ts";
import { type MaterialRow, readMaterial } from "./store.ts";

/** A worker that died gives its picture back after so long. */
const LEASE_MS = 180_000;
const MOST_ATTEMPTS = 3;
const AT_ONCE = 10;

/** The worker's own: nothing is read in the process that answers requests. */
export function readingJob(means: Means): Job {
  return {
    name: "read-pictures",
    everySeconds: 1,
    async run() {
      if (!means.gateways.ocr.on) return;
      for (let count = 0; count < AT_ONCE; count += 1) if (!(await readNext(means))) return;
    },
  };
}

/** Reads the picture that waits longest; false where none waits. */
export async function readNext(means: Means): Promise<boolean> {
  const claimed = await claim(means);
  if (claimed === null) return false;
  const material = await readMaterial(means, claimed.id);
  if (!material || material.removedAt || !material.viewKey) await forgetReading(means, claimed.id);
  else await settle(means, material, claimed.attempts, await look(means, material, material.viewKey));
  return true;
}

async function claim({ transact }: Means): Promise<{ id: string; attempts: number } | null> {
  return transact(SYSTEM, async (work) => {
    const [row] = await work.query<{ id: string; attempts: number }>(
      `SELECT material_id AS id, attempts FROM material_reading
       WHERE state = 'queued' OR (state = 'reading' AND lease_until < ?)
       ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [moment(work.at)],
    );
    if (!row) return null;
    const attempts = Number(row.attempts) + 1;
    await work.change(
      "UPDATE material_reading SET state = 'reading', attempts = ?, lease_until = ? WHERE material_id = ?",
      [attempts, moment(new Date(work.at.getTime() + LEASE_MS)), row.id],
    );
    return { id: String(row.id), attempts };
  });
}

async function look(means: Means, material: MaterialRow, viewKey: string): Promise<ReadResult | ReadingFault> {
  try {
    const page = await means.gateways.ocr.read(await loadView(means, viewKey));
    return { turn: page.turn, ...understand(page) };
  } catch (error) {
    if (error instanceof Unreadable) return "unreadable";
    if (!(error instanceof GatewayError)) throw error;
    means.logger.warn({ err: error, materialId: material.id }, "picture not read");
    return "busy";
  }
}

/** `attempts` is the fence: who took too long, and was overtaken, writes nothing. */
async function settle(
  { transact, vault }: Means,
  material: MaterialRow,
  attempts: number,
  outcome: ReadResult | ReadingFault,
): Promise<void> {
  await transact(SYSTEM, async (work) => {
    const again = outcome === "busy" && attempts < MOST_ATTEMPTS;
    const failed = typeof outcome === "string";
    const changed = await work.change(
      `UPDATE material_reading SET state = ?, reason = ?, result = ?, lease_until = NULL, done_at = ?
       WHERE material_id = ? AND state = 'reading' AND attempts = ?`,
      [
        again ? "queued" : failed ? "failed" : "done",
        failed ? outcome : null,
        failed ? null : sealResult(vault, material, outcome),
        again ? null : moment(work.at),
        material.id,
        attempts,
      ],
    );
    if (changed === 0 || again) return;
    const kind = failed ? "failed" : outcome.kind;
    await work.emit({ name: "material.reading_settled", ...factsOf(material), kind });
  });
}

/** What was read goes where the picture goes. */
export async function forgetReading({ transact }: Means, materialId: string): Promise<void> {
  await transact(SYSTEM, (work) => work.change("DELETE FROM material_reading WHERE material_id = ?", [materialId]), {
    repeatable: true,
  });
}
