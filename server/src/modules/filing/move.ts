import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { closeHelp } from "./helper-session.ts";
import { type Filing, FilingDocument, FilingStep } from "./model.ts";
import { sealText } from "./store.ts";
import { EDITABLE, type FilingAction, filingWorkflow } from "./workflow.ts";

export interface MoveOptions {
  /** Told to the one who files. */
  readonly note?: string;
  /** Columns that change with the state. */
  readonly set?: Partial<
    Pick<Filing, "round" | "receiptNumber" | "submittedAt" | "correctionDueOn" | "caseId" | "caseNumber">
  >;
}

/**
 * The only way a filing changes state: the new state, the step that records it and the event that tells the others are
 * one transaction. `filing` must be held (`holdFiling`).
 */
export async function moveFiling(
  work: Work,
  { vault }: Means,
  filing: Filing,
  action: FilingAction,
  { note = "", set = {} }: MoveOptions = {},
): Promise<void> {
  const from = filing.state;
  const to = filingWorkflow.next(from, action, work.actor.role);
  await filing.update({ ...set, state: to, version: filing.version + 1, updatedAt: work.at }, { transaction: work.tx });
  await FilingStep.create(
    {
      filingId: filing.id,
      action,
      toState: to,
      actorId: work.actor.accountId,
      role: work.actor.role,
      note: note ? sealText(vault, filing, note) : null,
      at: work.at,
    },
    { transaction: work.tx },
  );
  if (EDITABLE.includes(from) && !EDITABLE.includes(to)) await closeHelp(work, filing);
  await work.emit({
    name: "filing.moved",
    about: `filing:${filing.id}`,
    courtCode: filing.courtCode,
    filingId: filing.id,
    accountId: String(filing.accountId),
    action,
    from,
    to,
    round: filing.round,
  });
}

export async function keepDocument(
  work: Work,
  { vault }: Means,
  filing: Filing,
  document: { kind: string; title: string; text: string },
): Promise<void> {
  const { kind, title, text } = document;
  await FilingDocument.create(
    { filingId: filing.id, kind, title, body: sealText(vault, filing, text), at: work.at },
    { transaction: work.tx },
  );
}
