import type { Means } from "#modules/module.ts";
import { CHANGE_REASONS, type ChangeReason } from "./changes.ts";
import { openWord } from "./store.ts";

export interface ChangeView {
  readonly id: string;
  readonly reason: { readonly code: string; readonly label: string };
  readonly note: string;
  readonly beforeFen: number;
  readonly afterFen: number;
  readonly at: string;
}

/** The changes of each notice in their order, by notice. */
export async function listChanges(
  { database, vault }: Pick<Means, "database" | "vault">,
  notices: readonly { id: string; sealRef: string }[],
): Promise<Map<string, ChangeView[]>> {
  const found = new Map<string, ChangeView[]>();
  if (notices.length === 0) return found;
  const rows = await database.read<{
    id: string;
    noticeId: string;
    reason: ChangeReason;
    note: Buffer | null;
    beforeFen: string;
    afterFen: string;
    at: Date;
  }>(
    `SELECT id, notice_id AS noticeId, reason, note, before_fen AS beforeFen, after_fen AS afterFen, at
     FROM fee_change WHERE notice_id IN (${notices.map(() => "?").join(",")}) ORDER BY id`,
    notices.map(({ id }) => id),
  );
  for (const { id, sealRef } of notices) {
    const own = rows.filter(({ noticeId }) => String(noticeId) === id);
    found.set(
      id,
      own.map(({ id: changeId, reason, note, beforeFen, afterFen, at }) => ({
        id: String(changeId),
        reason: { code: reason, label: CHANGE_REASONS[reason].label },
        note: note ? openWord(vault, { sealRef }, "note", note) : "",
        beforeFen: Number(beforeFen),
        afterFen: Number(afterFen),
        at: at.toISOString(),
      })),
    );
  }
  return found;
}
