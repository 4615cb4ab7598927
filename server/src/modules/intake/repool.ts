import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import type { Transact } from "#core/work.ts";
import { listAbsences } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { holdItem, putBackRanOut, tell } from "./claim.ts";
import { intakeWorkflow, isOpen } from "./workflow.ts";

/** Puts claims whose lease ran out back into their queues, so that counts are right even where nobody pulls. */
export async function repoolAll(transact: Transact): Promise<void> {
  await transact(SYSTEM, async (work) => {
    const ranOut = await work.query<{ id: string }>(
      "SELECT id FROM intake_item WHERE state = 'claimed' AND lease_until < ? ORDER BY id LIMIT 500",
      [work.at],
    );
    await putBackRanOut(
      work,
      ranOut.map(({ id }) => id),
    );
  });
}

/**
 * When somebody's absence begins, what lies on their desk and what was given to them goes back into the queues: each item
 * in a work of its own. A decision that is being taken at that moment holds the item and stands; a later one of theirs
 * finds its fencing number used up. Nothing is moved where the entry was taken out in the meantime, or has ended.
 */
export async function repoolAbsent(means: Means, courtCode: string, staffId: string): Promise<number> {
  const today = courtDayOf(means.clock.now());
  const away = await listAbsences(means.database, { courtCode, from: today, until: today, staffId });
  if (away.length === 0) return 0;
  const rows = await means.database.read<{ id: string }>(
    `SELECT id FROM intake_item WHERE holder_id = ? AND state = 'claimed' AND court_code = ?
     UNION SELECT id FROM intake_item WHERE assignee_id = ? AND court_code = ? AND state IN ('waiting', 'claimed') ORDER BY id`,
    [staffId, courtCode, staffId, courtCode],
  );
  let moved = 0;
  for (const { id } of rows) {
    moved += await means.transact(SYSTEM, (work) => giveBack(work, id, staffId), { repeatable: true });
  }
  return moved;
}

async function giveBack(work: Parameters<typeof holdItem>[0], id: string, staffId: string): Promise<number> {
  const item = await holdItem(work, id);
  const held = item.state === "claimed" && String(item.holderId) === staffId;
  const given = item.assigneeId !== null && String(item.assigneeId) === staffId;
  if (!isOpen(item.state) || !(held || given)) return 0;
  await item.update(
    {
      ...(given ? { assigneeId: null } : {}),
      ...(held
        ? {
            state: intakeWorkflow.next(item.state, "repool", "system"),
            holderId: null,
            leaseUntil: null,
            fence: String(BigInt(item.fence) + 1n),
          }
        : {}),
    },
    { transaction: work.tx },
  );
  await tell(work, item, "repool", "经办人不在岗，自动放回队列");
  return 1;
}
