import type { Actor } from "#core/actor.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { RELIEF_KINDS, reliefGround } from "#modules/reference/index.ts";
import { dueFen } from "./ledger.ts";
import type { ReliefRow } from "./relief-store.ts";
import { type NoticeRow, openWord } from "./store.ts";
import { reliefWorkflow } from "./workflow.ts";

/** Requests as this reader sees them; the reader may see their notices, which are given. */
export async function presentReliefs(
  means: Means,
  actor: Actor,
  rows: readonly ReliefRow[],
  notices: ReadonlyMap<string, NoticeRow>,
) {
  if (rows.length === 0) return [];
  const { vault } = means;
  const people = await describeAccounts(rows.flatMap(({ decidedBy }) => decidedBy ?? []));
  return Promise.all(
    rows.map(async (row) => {
      const notice = notices.get(row.noticeId);
      if (!notice) throw new Error(`relief ${row.id} without its notice`);
      const ground = reliefGround(row.ground);
      const wanted = new Set(row.materialIds);
      const materials =
        wanted.size === 0
          ? []
          : await listMaterials(
              means,
              "fee_notice",
              row.noticeId,
              { editable: false, role: actor.role },
              { removedToo: true },
            );
      return {
        id: row.id,
        noticeId: row.noticeId,
        notice: {
          number: notice.number,
          caseNumber: notice.caseNumber,
          payer: { name: openWord(vault, notice, "payer", notice.payer), kind: notice.payerKind },
          dueFen: dueFen(notice),
        },
        kind: { code: row.kind, label: RELIEF_KINDS[row.kind] },
        ground: { code: row.ground, title: ground?.title ?? row.ground, basis: ground?.article ?? "" },
        statement: openWord(vault, row, "statement", row.statement),
        state: reliefWorkflow.present(row.state),
        moves: reliefWorkflow
          .open(row.state, actor.role)
          .filter(({ action }) => action !== "grant_in_part")
          .filter(({ action }) => action !== "withdraw" || row.accountId === actor.accountId),
        materials: materials.filter(({ id }) => wanted.has(id)),
        requestedAt: row.requestedAt.toISOString(),
        askedUntil: row.askedUntil,
        decidedAt: row.decidedAt?.toISOString() ?? null,
        decidedBy: row.decidedBy ? (people.get(row.decidedBy)?.displayName ?? null) : null,
        reason: row.reason ? openWord(vault, row, "reason", row.reason) : null,
        reliefFen: row.reliefFen,
        deferUntil: row.deferUntil,
      };
    }),
  );
}
