import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { appealOf } from "./appeal.ts";
import { type ClockView, readClock } from "./clock.ts";
import type { Defect } from "./defects.ts";
import { presentHelp } from "./helper-present.ts";
import { maskContent } from "./masked.ts";
import { causeOf } from "./precheck.ts";
import { listSteps } from "./read.ts";
import { type FilingRow, findFilingRow, listClockEvents, openContent, openText, openTitle } from "./store.ts";
import { legsOf } from "./transfer.ts";
import type { FilingSummaryView, FilingView } from "./view.ts";
import { EDITABLE, FILER_ACTIONS, type FilingAction, type FilingState, filingWorkflow } from "./workflow.ts";

/** One sentence: what happens now, or what the one who files does next. */
const NEXT: Record<FilingState, (row: FilingRow, clock: ClockView | null) => string> = {
  draft: () => "请继续填写，完成后提交；填写的内容会自动保存。",
  submitted: (_, clock) => `法院已收到，等待审查。${deadline(clock)}`,
  under_review: (_, clock) => `法院正在审查。${deadline(clock)}`,
  correction_required: ({ correctionDueOn }) => `请按列出的事项补正，并于 ${correctionDueOn} 前重新提交。`,
  accepted: ({ caseNumber }) => `已立案，案号${caseNumber}。请留意交费通知和开庭通知。`,
  refused: () => "法院裁定不予受理。不服的，可在收到裁定书之日起 10 日内上诉。",
  transferred: () => "本院没有管辖权。已移送的，请查看受移送法院的那一件；未移送的，请按告知书向有管辖权的法院起诉。",
  in_mediation: () => "正在诉前调解；调解不成会自动恢复审查，收件日期不变。",
  withdrawn: () => "已撤回。需要时可以重新提交立案申请。",
  lapsed: () => "补正期限已过，材料已退回。补齐后可以重新提交。",
};
const deadline = (clock: ClockView | null): string => (clock?.dueOn ? `应在 ${clock.dueOn} 前作出决定。` : "");

export async function presentSummaries(
  means: Means,
  actor: Actor,
  rows: readonly FilingRow[],
): Promise<FilingSummaryView[]> {
  const today = courtDayOf(means.clock.now());
  const clocks = await listClockEvents(
    means.database,
    rows.flatMap(({ id, submittedAt }) => (submittedAt ? [id] : [])),
  );
  return Promise.all(
    rows.map(async (row) => {
      const clock = readClock(clocks.get(row.id) ?? [], today);
      const cause = causeOf(row.causeCode);
      return {
        id: row.id,
        version: row.version,
        receiptNumber: row.receiptNumber,
        title: openTitle(means.vault, row),
        state: filingWorkflow.present(row.state),
        moves: movesOf(actor, row),
        court: { code: row.courtCode, name: await nameOfCourt(row.courtCode) },
        cause: cause ? { code: cause.code, name: cause.name } : null,
        formId: row.formId,
        amountFen: row.amountFen === null ? null : Number(row.amountFen),
        round: row.round,
        createdAt: row.createdAt.toISOString(),
        updatedAt: row.updatedAt.toISOString(),
        submittedAt: row.submittedAt?.toISOString() ?? null,
        clock: clock as FilingSummaryView["clock"],
        next: isReader(actor, row) ? READERS_NEXT : NEXT[row.state](row, clock),
        caseId: row.caseId,
        caseNumber: row.caseNumber,
      };
    }),
  );
}

/** Of a draft, to whoever confirmed something of it: it is for others to go on. */
const READERS_NEXT = "立案人还在准备材料，提交以后可以在这里看到进展。";
const isReader = (actor: Actor, { state, accountId }: FilingRow): boolean =>
  state === "draft" && !isStaff(actor) && String(accountId) !== actor.accountId;

/** The filer's own moves; what the court may do is offered at intake. */
function movesOf(actor: Actor, row: FilingRow) {
  if (String(row.accountId) !== actor.accountId) return [];
  return filingWorkflow
    .open(row.state, actor.role)
    .filter(({ action }) => (FILER_ACTIONS as readonly FilingAction[]).includes(action));
}

/** Everything a reader may see of one filing. The court's people see personal fields masked. */
export async function presentFiling(means: Means, actor: Actor, id: string): Promise<FilingView> {
  const row = await findFilingRow(means.database, actor, id, { helperToo: true });
  const help = await presentHelp(means, actor, row);
  const helping = help?.mine ?? false;
  const editable = (helping || String(row.accountId) === actor.accountId) && EDITABLE.includes(row.state);
  const reader = { editable, role: actor.role, ...(helping ? { onlyOf: actor.accountId } : {}) };
  // What was never handed in has no course yet: nothing was returned, issued or sent on.
  const begun = row.submittedAt !== null;
  const [[summary], materials, steps, corrections, documents, transfer] = await Promise.all([
    presentSummaries(means, actor, [row]),
    listMaterials(means, "filing", id, reader),
    helping ? [] : listSteps(means, row),
    begun ? listCorrections(means, row) : [],
    begun && !helping ? listDocuments(means, row) : [],
    begun ? presentLegs(means, id) : { from: null, to: null },
  ]);
  const { content } = openContent(means.vault, row);
  const ruling = row.state === "refused" ? documents.findLast(({ kind }) => kind === "refusal_ruling") : undefined;
  const open = row.state === "correction_required" ? corrections.at(-1) : undefined;
  return {
    ...(summary as FilingSummaryView),
    content: isStaff(actor) ? maskContent(content) : content,
    materials,
    // Whoever helps sees what there is to fill in, not how it went on.
    steps,
    corrections,
    documents,
    channel: row.channel,
    transfer,
    appeal: ruling ? appealOf(content, new Date(ruling.at)) : null,
    editable,
    editablePointers: editable && open ? [...new Set(open.defects.map(({ pointer }) => pointer))] : null,
    help,
  };
}

/** From which court it came and when the first of all received it; to which it went. */
async function presentLegs({ database }: Means, id: string): Promise<FilingView["transfer"]> {
  const { from, to } = await legsOf(database, id);
  const court = async (code: string) => ({ code, name: await nameOfCourt(code) });
  return {
    from: from && {
      filingId: String(from.fromFilingId),
      court: await court(from.fromCourt),
      originalCourt: await court(from.originalCourt),
      originallyReceivedAt: from.originallyAt.toISOString(),
      at: from.at.toISOString(),
    },
    to: to && { filingId: String(to.toFilingId), court: await court(to.toCourt), at: to.at.toISOString() },
  };
}

export async function listCorrections({ database, vault }: Means, row: FilingRow): Promise<FilingView["corrections"]> {
  const rows = await database.read<{
    round: number;
    defects: Buffer;
    dueOn: string;
    overrideReason: string | null;
    returnedAt: Date;
    answeredAt: Date | null;
  }>(
    "SELECT round, defects, due_on AS dueOn, override_reason AS overrideReason, returned_at AS returnedAt, answered_at AS answeredAt FROM filing_correction WHERE filing_id = ? ORDER BY round",
    [row.id],
  );
  return rows.map(({ round, defects, dueOn, overrideReason, returnedAt, answeredAt }) => ({
    round,
    dueOn,
    overrideReason,
    defects: (JSON.parse(openText(vault, row, defects)) as Defect[]).map((defect) => ({
      ...defect,
      visibleBefore: defect.visibleBefore ?? false,
    })),
    returnedAt: returnedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  }));
}

export async function listDocuments({ database, vault }: Means, row: FilingRow): Promise<FilingView["documents"]> {
  const rows = await database.read<{ id: string; kind: string; title: string; body: Buffer; at: Date }>(
    "SELECT id, kind, title, body, at FROM filing_document WHERE filing_id = ? ORDER BY id",
    [row.id],
  );
  return rows.map(({ id, kind, title, body, at }) => ({
    id,
    kind,
    title,
    text: openText(vault, row, body),
    at: at.toISOString(),
  }));
}
