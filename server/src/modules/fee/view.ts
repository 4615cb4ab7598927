import { z } from "zod";
import { idField, listOf, momentView, movesView, stateView } from "#core/fields.ts";
import { materialView } from "#modules/material/index.ts";

const fen = z.number().int();
const day = z.string().nullable().meta({ format: "date" });
export const named = z.object({ code: z.string(), name: z.string() });
export const idParams = z.strictObject({ id: idField });
export const documentParams = z.strictObject({ id: idField, documentId: idField });

export const feeStepView = z.object({ label: z.string(), basis: z.string(), amountFen: fen });

const brief = {
  id: z.string(),
  number: z.string().meta({ description: "交费通知书编号" }),
  caseNumber: z.string(),
  state: stateView,
};
export const reliefView = z
  .object({
    id: z.string(),
    noticeId: z.string(),
    notice: z.object({
      number: z.string(),
      caseNumber: z.string(),
      payer: z.object({ name: z.string(), kind: z.enum(["natural", "organisation"]) }),
      dueFen: fen,
    }),
    kind: stateView,
    ground: z.object({ code: z.string(), title: z.string(), basis: z.string() }),
    statement: z.string(),
    state: stateView,
    moves: movesView,
    materials: z.array(materialView),
    requestedAt: momentView,
    askedUntil: day.meta({ description: "申请缓交至" }),
    decidedAt: momentView.nullable(),
    decidedBy: z.string().nullable(),
    reason: z.string().nullable(),
    reliefFen: fen.nullable(),
    deferUntil: day,
  })
  .meta({ id: "FeeRelief" });
export const reliefListView = listOf(reliefView);

const changeView = z.object({
  id: z.string(),
  reason: stateView,
  note: z.string(),
  beforeFen: fen,
  afterFen: fen,
  at: momentView,
});

export const noticeView = z
  .object({
    ...brief,
    version: fen,
    court: named,
    caseId: z.string(),
    title: z.string(),
    source: stateView.meta({ description: "交的是什么费用" }),
    payer: z.object({ name: z.string(), kind: z.enum(["natural", "organisation"]) }),
    mine: z.boolean(),
    facts: z
      .object({
        category: z.string(),
        amountFen: fen.nullable(),
        halvings: z.array(z.string()),
        afterInquiry: z.boolean().optional(),
      })
      .nullable()
      .meta({ description: "计费事实，变更费用时的起点；只给法院工作人员" }),
    moves: movesView,
    assessedFen: fen.meta({ description: "应交，救助之前" }),
    reliefFen: fen.meta({ description: "减交、免交" }),
    dueFen: fen,
    paidFen: fen,
    refundedFen: fen,
    outstandingFen: fen.meta({ description: "还应交" }),
    steps: z.array(feeStepView),
    basis: z.array(z.string()),
    issuedAt: momentView,
    servedOn: day,
    presumed: z.boolean(),
    dueOn: day,
    nominalDueOn: day,
    provisional: z.boolean(),
    daysLeft: fen.nullable(),
    deferredOn: day,
    payCode: z.string().nullable().meta({ description: "缴款码，可交给他人代交" }),
    next: z.string().meta({ description: "现在怎么办，一句话" }),
    relief: reliefView.nullable().meta({ description: "最近一次救助申请" }),
    changes: z.array(changeView),
  })
  .meta({ id: "FeeNotice" });
export const noticeListView = listOf(noticeView);

export const lookupView = z
  .object({ ...brief, court: named, payer: z.object({ name: z.string() }), outstandingFen: fen, dueOn: day })
  .meta({ id: "FeeNoticeLookup" });

export const documentView = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  text: z.string(),
  at: momentView,
});
export const groundView = z.object({
  code: z.string(),
  kind: stateView,
  title: z.string(),
  basis: z.string(),
  papers: z.string().meta({ description: "需要准备的证明材料" }),
  naturalOnly: z.boolean().meta({ description: "只适用于自然人" }),
});

export const previewView = z.object({ title: z.string(), text: z.string() });
