import type { Work } from "#core/work.ts";
import { handlesFor, lawyersOf } from "#modules/case/index.ts";

/**
 * Marks lines of one's own inbox as seen; those of others are not there. An assistant who was let does it for the lawyer too, whose
 * line then says by whom. Gives how many lines of one's own it was.
 */
export async function acknowledgeChanges(
  work: Work,
  chosen: { readonly ids: readonly string[] } | { readonly through: string },
): Promise<number> {
  const { accountId } = work.actor;
  const where = "ids" in chosen ? `own.id IN (${chosen.ids.map(() => "?").join(", ")})` : "own.id <= ?";
  const values = "ids" in chosen ? chosen.ids : [chosen.through];
  for (const lawyerId of await lawyersOf(work, "acknowledge")) {
    const lawyer = handlesFor(accountId, "own", "acknowledge");
    await work.change(
      `UPDATE case_change own JOIN case_change theirs ON theirs.account_id = ? AND theirs.event_id = own.event_id
       SET theirs.acknowledged = 1, theirs.acknowledged_at = ?, theirs.acknowledged_by = ?
       WHERE own.account_id = ? AND own.acknowledged = 0 AND ${where} AND theirs.acknowledged = 0 AND theirs.account_id = ${lawyer.sql}`,
      [lawyerId, work.at, accountId, accountId, ...values, ...lawyer.values],
    );
  }
  return work.change(
    `UPDATE case_change own SET own.acknowledged = 1, own.acknowledged_at = ? WHERE own.account_id = ? AND own.acknowledged = 0 AND ${where}`,
    [work.at, accountId, ...values],
  );
}
