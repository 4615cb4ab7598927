import { type Actor, isStaff } from "#core/actor.ts";
import { type CaseRow, findParties, type Handler, listCaseParties, listCases, SIDES } from "#modules/case/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { applicationOf, KINDS, labelOf } from "./applications.ts";
import { DISCLOSE, mayDisclose } from "./disclose.ts";
import { EDITABLE } from "./draft.ts";
import { ASKED } from "./move.ts";
import { nextStepOf } from "./next-step.ts";
import type { Content } from "./schema.ts";
import { mayWrite, openContent, openNote, type SubmissionRow, withMandate } from "./store.ts";
import { submissionWorkflow } from "./workflow.ts";

/** Who answers. */
const QUEUES: Readonly<Record<string, string>> = { judge: "承办法官", supervisor: "院庭长" };

export const PRINTED: readonly string[] = ["answer", "counterclaim", "application"];

/** Submissions as this reader sees them, whose case they may read. */
export async function presentSubmissions(
  { database, vault }: Means,
  actor: Actor,
  rows: readonly SubmissionRow[],
  mineIn: (caseId: string) => readonly Handler[],
) {
  const caseIds = [...new Set(rows.map(({ caseId }) => caseId))];
  const cases = await listCases(database, vault, caseIds);
  const parties = await findParties(database, vault, cases, rows);
  return rows.map((row) => {
    const party = parties.get(`${row.caseId} ${row.partyKey}`);
    const own = mineIn(row.caseId);
    const mine = own.some(({ partyKey }) => partyKey === row.partyKey);
    return {
      id: row.id,
      caseId: row.caseId,
      caseNumber: cases.get(row.caseId)?.number ?? "",
      caseTitle: cases.get(row.caseId)?.title ?? "",
      kind: { code: row.kind, label: KINDS[row.kind].label },
      application: row.application ? { code: row.application, label: applicationOf(row.application).label } : null,
      title: labelOf(row.kind, row.application),
      basis: row.application ? applicationOf(row.application).basis : KINDS[row.kind].basis,
      party: { key: row.partyKey, sideLabel: SIDES[party?.side ?? ""] ?? "", name: party?.name ?? "" },
      mine,
      state: submissionWorkflow.present(row.state),
      moves: movesOf(actor, row, withMandate(own, row.partyKey) !== undefined),
      version: row.version,
      updatedAt: row.updatedAt.toISOString(),
      submittedAt: row.submittedAt?.toISOString() ?? null,
      openToOthers: row.openAt !== null,
      dueOn: row.dueOn,
      queue: { code: row.queue, label: QUEUES[row.queue] ?? row.queue },
      decidedAt: row.decidedAt?.toISOString() ?? null,
      note: openNote(vault, row),
      papers: PRINTED.includes(row.kind)
        ? [`/submissions/${row.id}/paper.pdf`, `/submissions/${row.id}/paper.docx`]
        : [],
    };
  });
}

function movesOf(actor: Actor, row: SubmissionRow, mine: boolean) {
  const open = submissionWorkflow.open(row.state, actor.role);
  if (!isStaff(actor)) return mine ? open : [];
  const moves: { action: string; label: string }[] = open.filter(
    ({ action }) =>
      (action !== "grant" && action !== "refuse") || (ASKED.includes(row.kind) && row.queue === actor.role),
  );
  return mayDisclose(actor.role, row) ? [...moves, DISCLOSE] : moves;
}

export async function presentDetail(means: Means, actor: Actor, row: SubmissionRow, mine: readonly Handler[]) {
  const [view] = await presentSubmissions(means, actor, [row], () => mine);
  const editable = mayWrite(mine, row.partyKey) && EDITABLE.includes(row.state);
  const materials = await listMaterials(means, "submission", row.id, { editable, role: actor.role });
  const nextStep = await nextStepOf(means, actor, row);
  return { ...view, content: openContent<Content>(means.vault, row), materials, nextStep };
}

/** What this reader may hand in, and why not, for the list they choose from. */
export async function presentKinds(
  { database, vault }: Means,
  courtCase: CaseRow,
  mine: readonly Handler[],
  barred: (one: Handler, kind: keyof typeof KINDS, application: string | null) => string | null,
  applications: readonly string[],
) {
  const parties = await listCaseParties(database, vault, courtCase);
  const own = parties.filter(({ key }) => mine.some(({ partyKey }) => partyKey === key));
  const reason = (kind: keyof typeof KINDS, application: string | null): string | null => {
    const reasons = mine.map((one) => barred(one, kind, application));
    return reasons.some((each) => each === null) ? null : (reasons[0] ?? "您没有参加本案");
  };
  const simple = (["answer", "counterclaim", "evidence", "opinion"] as const).map((kind) => ({
    kind,
    application: null,
    label: KINDS[kind].label,
    basis: KINDS[kind].basis,
    when: kind === "answer" ? "收到起诉状副本之日起十五日内提出；不提交不影响审理。" : "",
    ask: "",
    barred: reason(kind, null),
  }));
  const asked = applications.map((code) => {
    const { label, basis, when, ask } = applicationOf(code);
    return {
      kind: "application" as const,
      application: code,
      label,
      basis,
      when,
      ask,
      barred: reason("application", code),
    };
  });
  return {
    parties: own.map(({ key, side, name }) => ({ key, sideLabel: SIDES[side] ?? "", name })),
    items: [...simple, ...asked],
  };
}
