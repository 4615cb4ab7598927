import { SYSTEM } from "#core/actor.ts";
import { inBites } from "#core/database.ts";
import { removeAllOf } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { Filing } from "./model.ts";

/** What hangs on a filing that was never handed in. */
const PARTS = [
  "filing_party",
  "filing_step",
  "filing_document",
  "filing_likeness",
  "filing_print",
  "filing_source",
  "filing_helper_edit",
  "filing_helper",
  "filing_confirmation",
] as const;
const AT_ONCE = 1_000;

/** Drafts that nobody handed in and nobody has touched since, with their materials. Gives how many are gone. */
export async function forgetDrafts({ database, transact }: Means, before: Date): Promise<number> {
  const old = await database.read<{ id: string }>(
    `SELECT id FROM filing WHERE state IN ('draft', 'withdrawn') AND submitted_at IS NULL AND updated_at < ?
      ORDER BY id LIMIT ${AT_ONCE}`,
    [before],
  );
  let gone = 0;
  for (const { id } of old) {
    gone += await transact(SYSTEM, async (work) => {
      const filing = await Filing.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
      if (!filing || filing.submittedAt || filing.updatedAt >= before) return 0;
      await removeAllOf(work, "filing", id);
      for (const part of PARTS) await work.change(`DELETE FROM ${part} WHERE filing_id = ?`, [id]);
      await filing.destroy({ transaction: work.tx });
      await work.emit({ name: "filing.forgotten", about: `filing:${id}`, courtCode: filing.courtCode, filingId: id });
      return 1;
    });
  }
  return gone;
}

/** A link that nobody took up, or that was refused: what was written with it is let go. */
export const forgetLinks = ({ database }: Means, before: Date): Promise<number> =>
  inBites(
    database,
    `UPDATE filing_confirmation SET snapshot = NULL, signature = NULL, note = NULL
      WHERE state IN ('expired', 'declined') AND expires_at < ?
        AND (snapshot IS NOT NULL OR signature IS NOT NULL OR note IS NOT NULL)`,
    [before],
  );
