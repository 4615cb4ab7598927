import { SYSTEM } from "#core/actor.ts";
import { inBites } from "#core/database.ts";
import type { Job, Means } from "#modules/module.ts";
import { takeOff } from "./change.ts";
import { readingJob } from "./reading-job.ts";
import { holdRow } from "./store.ts";
import { AWAITED } from "./workflow.ts";

const IDLE_HOURS = 48;
const BATCH = 100;

export function materialJobs(means: Means): readonly Job[] {
  return [
    { name: "abandon-uploads", everySeconds: 600, run: () => abandonUploads(means) },
    { name: "sweep-uploads", everySeconds: 600, run: () => sweepUploads(means) },
    readingJob(means),
  ];
}

/** Takes files off the list that were announced and did not come for two days. */
async function abandonUploads(means: Means): Promise<void> {
  const before = new Date((await now(means)).getTime() - IDLE_HOURS * 3_600_000);
  const idle = await means.database.read<{ id: string }>(
    `SELECT id FROM material WHERE state IN ('pending', 'uploading') AND updated_at < ? AND live = 1 ORDER BY id LIMIT ${BATCH}`,
    [before],
  );
  for (const { id } of idle) {
    await means.transact(SYSTEM, async (work) => {
      const row = await holdRow(work, id);
      if (row?.live && AWAITED.includes(row.state) && row.updatedAt < before) await takeOff(work, row);
    });
  }
}

/**
 * Frees what uploads left behind: parts of those given up, and whatever was sent to an address after the file had been
 * moved on. Done once the last address has expired; after that nothing can arrive there.
 */
async function sweepUploads(means: Means): Promise<void> {
  const { files } = means.gateways;
  const rows = await means.database.read<{ id: string; uploadKey: string; uploadId: string | null }>(
    `SELECT id, upload_key AS uploadKey, upload_id AS uploadId FROM material
     WHERE upload_key IS NOT NULL AND upload_until < ? AND (live IS NULL OR state IN ('scanning', 'ready', 'refused'))
     ORDER BY id LIMIT ${BATCH}`,
    [await now(means)],
  );
  for (const { id, uploadKey, uploadId } of rows) {
    await files.abandonUpload(uploadKey, uploadId);
    await files.remove(uploadKey);
    await means.transact(SYSTEM, (work) =>
      work.change("UPDATE material SET upload_key = NULL, upload_id = NULL WHERE id = ? AND upload_key = ?", [
        id,
        uploadKey,
      ]),
    );
  }
}

/** What was read out of a picture can be read out of it again. */
export const forgetReadings = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM material_reading WHERE done_at < ?", [before]);

async function now({ database, clock }: Means): Promise<Date> {
  const [row] = await database.read<{ now: Date }>("SELECT UTC_TIMESTAMP(3) AS now");
  return clock.shifted(row?.now ?? new Date());
}
