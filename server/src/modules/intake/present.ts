import type { z } from "zod";
import { type Actor, isStaff } from "#core/actor.ts";
import { readableYuan } from "#core/money.ts";
import { courtDayOf, daysBetween } from "#core/period.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import {
  type FilingContent,
  filingWorkflow,
  findFilingRow,
  findSimilar,
  flatten,
  labelOf,
  listContents,
  listSubmissions,
  maskContent,
  openContent,
  openTitle,
  precheck,
  presentFiling,
} from "#modules/filing/index.ts";
import { listMaterials } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { findCause } from "#modules/reference/index.ts";
import { boundNote, maySendToMediation } from "./decide.ts";
import type { differenceView, duplicateListView, itemDetailView, itemView } from "./schema.ts";
import { findItemRow, type ItemRow } from "./store.ts";
import { type IntakeState, intakeWorkflow, LANES, labelOfEnding } from "./workflow.ts";

type ItemView = z.infer<typeof itemView>;

export async function presentItems(
  { database, vault, clock }: Means,
  actor: Actor,
  rows: readonly ItemRow[],
): Promise<ItemView[]> {
  const now = clock.now();
  const today = courtDayOf(now);
  const people = await describeAccounts(
    rows.flatMap(({ assigneeId, holderId, decidedBy }) =>
      [assigneeId, holderId, decidedBy].filter((id) => id !== null),
    ),
  );
  const reading = rows.filter(({ state, holderId }) => state === "claimed" && holderId === actor.accountId);
  const contents = await listContents(
    database,
    vault,
    reading.map(({ filingId }) => filingId),
  );
  const person = (id: string) => ({ id, name: people.get(id)?.displayName ?? "" });
  return rows.map((row) => {
    // A claim whose lease has run out waits again, whether or not the row says so yet.
    const held = row.state === "claimed" && row.leaseUntil !== null && row.leaseUntil >= now;
    const state = row.state === "claimed" && !held ? "waiting" : row.state;
    const daysLeft = row.dueOn === null ? null : daysBetween(today, row.dueOn);
    const cause = row.causeCode === null ? null : findCause(row.causeCode);
    return {
      id: row.id,
      filingId: row.filingId,
      queue: { id: row.queueId, name: row.queueName },
      lane: { code: row.lane, label: LANES[row.lane] },
      state: intakeWorkflow.present(state),
      moves: movesOf(actor, row, state, contents.get(row.filingId)),
      lease:
        held && row.holderId && row.leaseUntil
          ? { holder: person(row.holderId), until: row.leaseUntil.toISOString(), fence: Number(row.fence) }
          : null,
      assignee: row.assigneeId ? person(row.assigneeId) : null,
      title: openTitle(vault, row),
      cause: cause ? { code: cause.code, name: cause.name } : null,
      amountFen: row.amountFen === null ? null : Number(row.amountFen),
      receivedAt: row.receivedAt.toISOString(),
      dueOn: row.dueOn,
      daysLeft,
      overdue: daysLeft !== null && daysLeft < 0,
      completeness: row.completeness,
      score: row.standing,
      round: row.round,
      findings: { block: row.blocks, warn: row.warns, hint: row.hints },
      duplicates: row.duplicates,
      seriesId: row.seriesId,
      decision:
        row.decidedAction && row.decidedAt
          ? {
              action: row.decidedAction,
              label: labelOfEnding(row.decidedAction),
              byName: row.decidedBy ? person(row.decidedBy).name : "系统",
              at: row.decidedAt.toISOString(),
              note: row.decidedNote ? vault.open(row.decidedNote, boundNote(row)) : "",
            }
          : null,
    };
  });
}

/** What this reader may do now, and would not be refused (see claim.ts, decide.ts). */
function movesOf(
  actor: Actor,
  { holderId, assigneeId, round }: ItemRow,
  state: IntakeState,
  content: FilingContent | undefined,
): ItemView["moves"] {
  const isSupervisor = actor.role === "supervisor";
  const open = intakeWorkflow.open(state, actor.role);
  if (state === "claimed" && holderId !== actor.accountId) return open.filter(({ action }) => action === "assign");
  return open.filter(({ action }) => {
    if (action === "claim") return assigneeId === null || assigneeId === actor.accountId || isSupervisor;
    if (action === "return") return round === 1 || isSupervisor;
    if (action === "mediate") return content !== undefined && maySendToMediation(content);
    return true;
  });
}

/** An item with its filing, the rule pack's findings, and what the clerk will most likely choose. */
export async function presentItem(means: Means, actor: Actor, id: string): Promise<z.infer<typeof itemDetailView>> {
  const row = await findItemRow(means.database, actor, id);
  const filingRow = await findFilingRow(means.database, actor, row.filingId);
  const { content } = openContent(means.vault, filingRow);
  const [[item], filing, { findings }] = await Promise.all([
    presentItems(means, actor, [row]),
    presentFiling(means, actor, row.filingId),
    precheck(means, filingRow, content, actor),
  ]);
  return {
    ...(item as ItemView),
    filing,
    findings: [...findings],
    mayMediate: maySendToMediation(content),
    suggestion: { causeCode: content.causeCode, caseTypeCode: suggestedType(content) },
  };
}

/** 民事一审, unless the cause says otherwise; the clerk decides. */
function suggestedType({ causeCode }: FilingContent): string {
  return causeCode?.startsWith("ADM") ? "0401" : "0301";
}

/** What changed between the round before and this one. */
export async function presentDifference(
  means: Means,
  actor: Actor,
  id: string,
): Promise<z.infer<typeof differenceView>> {
  const { database, vault } = means;
  const row = await findItemRow(database, actor, id);
  const filing = await findFilingRow(database, actor, row.filingId);
  const [after, before] = await listSubmissions(database, vault, filing);
  if (!after || !before) return { round: row.round, changes: [], materials: { added: [], removed: [] } };
  const [then, now] = [before.content, after.content];
  const [left, right] = [flatten(then), flatten(now)];
  // Compared in the clear, shown masked like the filing itself.
  const [shownLeft, shownRight] = [flatten(maskContent(then)), flatten(maskContent(now))];
  const pointers = [...new Set([...left.keys(), ...right.keys()])].filter(
    (pointer) => JSON.stringify(left.get(pointer) ?? null) !== JSON.stringify(right.get(pointer) ?? null),
  );
  const names = new Map(
    (
      await listMaterials(means, "filing", row.filingId, { editable: false, role: actor.role }, { removedToo: true })
    ).map((material) => [material.id, material.name]),
  );
  const [papersThen, papersNow] = [before.materialIds, after.materialIds];
  const named = (list: readonly string[]) =>
    list.map((materialId) => ({ id: materialId, name: names.get(materialId) ?? "已删除的材料" }));
  return {
    round: row.round,
    changes: pointers.map((pointer) => ({
      pointer,
      label: labelOf(now, pointer),
      before: shown(pointer, shownLeft.get(pointer)),
      after: shown(pointer, shownRight.get(pointer)),
    })),
    materials: {
      added: named(papersNow.filter((materialId) => !papersThen.includes(materialId))),
      removed: named(papersThen.filter((materialId) => !papersNow.includes(materialId))),
    },
  };
}

function shown(pointer: string, value: unknown): string {
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return "（空）";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "number") return pointer.endsWith("Fen") ? readableYuan(value) : String(value);
  return Array.isArray(value) ? value.flat().join("；") : String(value);
}

/** Filings of the same people, this court's with their titles, other courts' without. */
export async function presentDuplicates(
  means: Means,
  actor: Actor,
  id: string,
): Promise<z.infer<typeof duplicateListView>> {
  const row = await findItemRow(means.database, actor, id);
  const filing = await findFilingRow(means.database, actor, row.filingId);
  const similar = await findSimilar(means, row.filingId, openContent(means.vault, filing).content);
  const items = await Promise.all(
    similar.map(async ({ filingId, receiptNumber, courtCode, state, submittedAt, kind, similarity, reasons }) => {
      const own = isStaff(actor) && courtCode === actor.courtCode;
      const title = own
        ? openTitle(means.vault, await findFilingRow(means.database, actor, filingId))
        : "其他法院的立案申请";
      return {
        filingId,
        receiptNumber,
        title,
        court: { code: courtCode, name: await nameOfCourt(courtCode) },
        state: filingWorkflow.present(state as keyof typeof filingWorkflow.states),
        submittedAt: submittedAt.toISOString(),
        kind: { code: kind, label: kind === "duplicate" ? "疑似重复" : "同一当事人的其他申请" },
        similarity,
        reasons: [...reasons],
      };
    }),
  );
  return { items };
}
