import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { CaseEvent } from "./model.ts";

export interface CaseLine {
  readonly kind: string;
  /** What told it: once for each. */
  readonly source: string;
  readonly title: string;
  readonly detail: string;
  /** The party that alone reads it, besides the court; null or left out: everybody. */
  readonly partyKey?: string | null;
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

/** Lines that were one party's become everybody's; `startsWith` gives the beginning of their source for any action. */
export async function openCaseEvents(
  work: Work,
  caseId: string,
  startsWith: (action: string) => string,
): Promise<void> {
  const like = startsWith("%").replaceAll("_", "\\_");
  await work.change(
    "UPDATE case_event SET party_key = NULL WHERE case_id = ? AND party_key IS NOT NULL AND source LIKE ?",
    [caseId, `${like}%`],
  );
}

/** The lines of a case that one thing told (`hearing:7:`), oldest first: for the room that told them. */
export async function listCaseEvents(
  { read }: Pick<Database, "read">,
  vault: Vault,
  row: { readonly id: string; readonly sealRef: string },
  sourcePrefix: string,
): Promise<{ readonly at: Date; readonly title: string; readonly detail: string }[]> {
  const rows = await read<{ at: Date; title: string; detail: Buffer | null }>(
    "SELECT at, title, detail FROM case_event WHERE case_id = ? AND LEFT(source, ?) = ? ORDER BY id",
    [row.id, sourcePrefix.length, sourcePrefix],
  );
  return rows.map(({ at, title, detail }) => ({
    at,
    title,
    detail: detail === null ? "" : vault.open(detail, `case ${row.sealRef}`),
  }));
}
