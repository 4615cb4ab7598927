import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { CaseEvent } from "./model.ts";

export interface CaseLine {
  readonly kind: string;
  /** What told it: once for each. */
  readonly source: string;
  readonly title: string;
  readonly detail: string;
}

/** A line in the course of a case, once for each source: telling it again changes nothing. */
export async function writeCaseEvent(
  work: Work,
  vault: Vault,
  row: { readonly id: string; readonly sealRef: string },
  { detail, ...line }: CaseLine,
  at: Date = work.at,
): Promise<void> {
  const caseId = String(row.id);
  const known = await CaseEvent.count({ where: { caseId, source: line.source }, transaction: work.tx });
  if (known > 0) return;
  const sealed = vault.seal(detail, `case ${row.sealRef}`);
  await CaseEvent.create({ caseId, ...line, detail: sealed, at }, { transaction: work.tx });
}
