import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { renderPdf } from "#modules/document/index.ts";
import { listReleased, type ReleasedFile } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import type { Kind } from "./applications.ts";
import { labelOf } from "./applications.ts";
import { opinionPaper, paperOf } from "./papers.ts";
import { findSubmission } from "./store.ts";

/** What a submission brings into the dossier; `print` is null where it is nothing but its files. */
export interface FiledSubmission {
  readonly caseId: string;
  readonly partyKey: string;
  readonly kind: Kind;
  readonly title: string;
  readonly state: string;
  /** Whether the other parties read it now. */
  readonly open: boolean;
  readonly formedOn: string;
  readonly files: readonly ReleasedFile[];
  readonly print: (() => Promise<Buffer>) | null;
}

/** Personal fields are masked, as the other side and the court read it. Who may read the dossier is asked there. */
export async function filedSubmission(means: Means, id: string): Promise<FiledSubmission> {
  const { row } = await findSubmission(means.database, SYSTEM, id);
  const files = await listReleased(means, "submission", row.id);
  const [opened] = await means.database.read("SELECT id FROM submission WHERE id = ? AND open_at IS NOT NULL", [id]);
  const at = row.submittedAt ?? row.updatedAt;
  return {
    caseId: row.caseId,
    partyKey: row.partyKey,
    kind: row.kind,
    title: labelOf(row.kind, row.application),
    state: row.state,
    open: opened !== undefined,
    formedOn: courtDayOf(at),
    files: files.filter(({ kind }) => kind !== "signature"),
    print:
      row.kind === "evidence"
        ? null
        : async () => {
            const paper =
              row.kind === "opinion" ? await opinionPaper(means, row) : await paperOf(means, SYSTEM, row, false);
            return paper.template === "answer-paper"
              ? renderPdf(paper.template, paper.data, at)
              : renderPdf(paper.template, paper.data, at);
          },
  };
}
