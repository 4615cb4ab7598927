import { z } from "zod";
import { idField, listOf, momentView, movesView, stateView } from "#core/fields.ts";
import { materialView } from "#modules/material/index.ts";
import { contentView } from "./content-view.ts";
import { helpView } from "./helper-view.ts";

const named = z.object({ code: z.string(), name: z.string() });

export const clockView = z.object({
  state: stateView,
  startedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  nominalDueOn: z.string().nullable(),
  provisional: z.boolean(),
  daysLeft: z.number().int().nullable(),
  basis: z.string(),
  explanation: z.string(),
  segments: z.array(
    z.object({ event: z.string(), on: z.string(), dueOn: z.string().nullable(), basis: z.string(), note: z.string() }),
  ),
});
export const stepView = z.object({
  action: z.string(),
  label: z.string(),
  state: stateView,
  by: z.string(),
  note: z.string(),
  at: momentView,
});
const defectView = z.object({
  code: z.string(),
  title: z.string(),
  basis: z.string(),
  pointer: z.string(),
  note: z.string(),
  fix: z.string(),
  visibleBefore: z.boolean().meta({ description: "上一轮即可发现，经立案庭负责人批准再次告知" }),
});
export const correctionView = z.object({
  round: z.number().int(),
  returnedAt: momentView,
  dueOn: z.string(),
  defects: z.array(defectView),
  overrideReason: z.string().nullable(),
  answeredAt: momentView.nullable(),
});
export const documentView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  at: momentView,
});
export const findingView = z.object({
  code: z.string(),
  severity: z.enum(["block", "warn", "hint"]),
  basis: z.string(),
  pointer: z.string(),
  message: z.string(),
  fix: z.string(),
});

export const filingSummaryView = z
  .object({
    id: z.string(),
    version: z.number().int(),
    receiptNumber: z.string().nullable(),
    title: z.string(),
    state: stateView,
    moves: movesView,
    court: named,
    cause: named.nullable(),
    formId: z.string().nullable(),
    amountFen: z.number().int().nullable(),
    round: z.number().int(),
    createdAt: momentView,
    updatedAt: momentView,
    submittedAt: momentView.nullable(),
    clock: clockView.nullable(),
    next: z.string(),
    caseId: z.string().nullable(),
    caseNumber: z.string().nullable(),
  })
  .meta({ id: "FilingSummary" });
export const filingView = filingSummaryView
  .extend({
    content: contentView,
    materials: z.array(materialView),
    steps: z.array(stepView),
    corrections: z.array(correctionView),
    documents: z.array(documentView),
    channel: z.enum(["online", "paper", "transfer"]),
    transfer: z.object({
      from: z
        .object({
          filingId: z.string(),
          court: named,
          originalCourt: named,
          originallyReceivedAt: momentView.meta({ description: "最初收到起诉材料的时间，计算诉讼时效以此为准" }),
          at: momentView,
        })
        .nullable(),
      to: z.object({ filingId: z.string(), court: named, at: momentView }).nullable(),
    }),
    appeal: z
      .object({
        days: z.number().int(),
        servedOn: z.string().nullable(),
        until: z.string().nullable(),
        provisional: z.boolean(),
        basis: z.string(),
        explanation: z.string(),
      })
      .nullable()
      .meta({ description: "不予受理裁定的上诉期限" }),
    editable: z.boolean(),
    editablePointers: z.array(z.string()).nullable(),
    help: helpView,
  })
  .meta({ id: "Filing" });
export const filingListView = listOf(filingSummaryView);
export const editedView = z.object({
  version: z.number().int(),
  content: contentView,
  applied: z.array(z.string()),
  refused: z.array(z.object({ path: z.string(), pointer: z.string(), message: z.string() })),
});
export const precheckView = z.object({ findings: z.array(findingView), completeness: z.number().int() });
export const revealedView = z.object({ pointer: z.string(), value: z.string() });

export type FilingSummaryView = z.infer<typeof filingSummaryView>;
export type FilingView = z.infer<typeof filingView>;
export type StepView = z.infer<typeof stepView>;
export const idParams = z.strictObject({ id: idField });
