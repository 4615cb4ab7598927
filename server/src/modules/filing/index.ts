import "./events.ts";
import type { Actor } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import { type Helping, registerOwner } from "#modules/material/index.ts";
import type { Module } from "#modules/module.ts";
import { confirmationRoutes } from "./confirmation-routes.ts";
import { isConfirmedReader } from "./confirmation-store.ts";
import { findHelp, isHelping } from "./helper-access.ts";
import { keepHelperEdits } from "./helper-edits.ts";
import { filingHelperRoutes } from "./helper-routes.ts";
import { filingSubscribers } from "./listen.ts";
import { defineFiling, Filing } from "./model.ts";
import { filingPolicy } from "./policy.ts";
import { filingPrintRoutes } from "./print-routes.ts";
import { problem } from "./problems.ts";
import { filingRoutes } from "./routes.ts";
import { filingSourceRoutes, sourcesPolicy } from "./sources-routes.ts";
import { maySee } from "./store.ts";
import { EDITABLE } from "./workflow.ts";

/** 立案: from a litigant's draft to a case the court has taken up, turned away, or sent to mediation. */
export const filing: Module = {
  name: "filing",
  define: defineFiling,
  policy: { ...filingPolicy, ...sourcesPolicy },
  routes: (means) => [
    ...filingRoutes(means),
    ...filingPrintRoutes(means),
    ...confirmationRoutes(means),
    ...filingHelperRoutes(means),
    ...filingSourceRoutes(means),
  ],
  subscribers: filingSubscribers,
};

/** What came on paper is scanned by the court until it is decided. */
const takesPaper = ({ role }: Actor, { channel, state }: Pick<Filing, "channel" | "state">): boolean =>
  channel === "paper" &&
  (role === "clerk" || role === "supervisor") &&
  (state === "submitted" || state === "under_review");

/** Whoever helps adds materials in the name of the one who files; what they add is theirs to be confirmed like what they write. */
async function helpingOf(actor: Actor, filing: Filing, work?: Work): Promise<Helping> {
  const help = work ? await findHelp(work, filing) : null;
  if (work ? help === null : !(await isHelping(actor, filing.id))) throw problem("filing.not_found");
  return {
    async noted(own, vault, { id, before, after }) {
      const held = await Filing.findByPk(filing.id, { transaction: own.tx, lock: own.tx.LOCK.UPDATE });
      const now = held && (await findHelp(own, held));
      if (!held || !now) throw problem("filing.not_found");
      await keepHelperEdits(own, vault, held, now, [{ path: `/materials/${id}`, before, after }]);
    },
  };
}

// Materials belong to filings; the module of materials knows them only through this.
registerOwner("filing", {
  async find(actor, ownerId, work) {
    const row = await Filing.findByPk(ownerId, {
      attributes: ["id", "accountId", "courtCode", "state", "round", "submittedAt", "channel", "readingEndedAt"],
      ...(work ? { transaction: work.tx, lock: work.tx.LOCK.UPDATE } : {}),
    });
    if (!row) throw problem("filing.not_found");
    const helping = maySee(actor, row)
      ? null
      : await helpingOf(actor, row, work).catch(async (unseen: unknown) => {
          if (await isConfirmedReader(actor, ownerId)) return null;
          throw unseen;
        });
    return {
      editable:
        helping !== null ||
        (String(row.accountId) === actor.accountId && EDITABLE.includes(row.state)) ||
        takesPaper(actor, row),
      ...(helping ? { helping } : {}),
      courtCode: row.courtCode,
      accountId: String(row.accountId),
      // What is added while a correction is being made belongs to the round to come.
      round: row.state === "correction_required" ? row.round + 1 : row.round,
    };
  },
});

export { type ClockView, endOfDay, readClock } from "./clock.ts";
export { complaintCopy } from "./complaint-copy.ts";
export {
  type AgentContent,
  CONSENT_STAGES,
  type FilingContent,
  filingContent,
  type PartyContent,
  titleOf,
} from "./content.ts";
export {
  acceptFiling,
  correctionDueOn,
  type Held,
  holdForDecision,
  mediateFiling,
  mediationDueOn,
  refuseFiling,
  returnFiling,
  takeFiling,
  transferFiling,
} from "./decide.ts";
export { type Defect, defectKind, defectKinds } from "./defects.ts";
export {
  acceptanceNotice,
  correctionNotice,
  type DocumentText,
  mediationNotice,
  refusalRuling,
  transferNotice,
} from "./documents.ts";
export { openDraft, replaceContent } from "./draft.ts";
export { flatten } from "./edits.ts";
export type { FilingMoved } from "./events.ts";
export { type FiledPaper, filedPapers } from "./filed-papers.ts";
export { forgetDrafts, forgetLinks } from "./forget.ts";
export { labelOf } from "./labels.ts";
export {
  candidateQuery,
  findSimilar,
  listSeriesMates,
  type SeriesMate,
  type Similar,
  seriesTurn,
} from "./likeness.ts";
export { maskContent } from "./masked.ts";
export {
  concludeMediation,
  extendMediation,
  findMediation,
  listMediations,
  MEDIATION_STATES,
  type Mediation,
  type MediationState,
} from "./mediation.ts";
export { endOwnReading, resumeOwnReading } from "./own-reading.ts";
export { registerPaper } from "./paper.ts";
export { causeOf, precheck, precheckPlanned } from "./precheck.ts";
export { listCorrections, presentFiling } from "./present.ts";
export { likenessOf } from "./print.ts";
export type { Finding } from "./rule.ts";
export { findServiceContact } from "./service-contact.ts";
export { findFilingRow, listClockEvents, listContents, listTitles, openContent, openText, openTitle } from "./store.ts";
export { listSubmissions, type Submission } from "./submissions.ts";
export { submitFiling } from "./submit.ts";
export { courtsBefore } from "./transfer.ts";
export { filingView, findingView } from "./view.ts";
export { type FilingAction, type FilingState, filingWorkflow } from "./workflow.ts";
