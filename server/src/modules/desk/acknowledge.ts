import type { Work } from "#core/work.ts";

/** Marks lines of one's own inbox as seen; those of others are not there. Gives how many it was. */
export async function acknowledgeChanges(
  work: Work,
  chosen: { readonly ids: readonly string[] } | { readonly through: string },
): Promise<number> {
  const where = "ids" in chosen ? `id IN (${chosen.ids.map(() => "?").join(", ")})` : "id <= ?";
  return work.change(
    `UPDATE case_change SET acknowledged = 1, acknowledged_at = ? WHERE account_id = ? AND acknowledged = 0 AND ${where}`,
    [work.at, work.actor.accountId, ...("ids" in chosen ? chosen.ids : [chosen.through])],
  );
}
