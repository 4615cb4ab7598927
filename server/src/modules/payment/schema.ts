import { z } from "zod";
import {
  dayField,
  fenField,
  idField,
  itemsOf,
  line,
  listOf,
  momentView,
  movesView,
  paging,
  stateView,
} from "#core/fields.ts";
import { CHANNELS, paymentWorkflow, refundWorkflow } from "./workflow.ts";

const states = <T extends string>(table: Readonly<Record<T, string>>) => z.enum(Object.keys(table) as [T]);
export const idParams = z.strictObject({ id: idField });
export const dayParams = z.strictObject({ day: dayField });
const fenAtLeastOne = fenField.min(1, "金额至少为 1 分");
const noteField = line(200, 2);

export const paymentBody = z.strictObject({
  channel: states(CHANNELS),
  amountFen: fenAtLeastOne.optional().meta({ description: "只付一部分时填写，单位：分；缺省为全部未交金额" }),
  payCode: z
    .string()
    .regex(/^\d{16}$/, "缴款码为 16 位数字")
    .optional()
    .meta({ description: "缴款码：替他人交费时填写" }),
});
export const paymentMove = z.strictObject({ action: z.enum(["check", "cancel"]) });
export const paymentQuery = z.strictObject({
  state: states(paymentWorkflow.states).optional(),
  from: dayField.optional(),
  to: dayField.optional(),
  number: line(64, 4).optional().meta({ description: "商户订单号、微信支付单号或票据号" }),
  ...paging,
  cursor: idField.optional(),
});
export const refundBody = z.strictObject({ amountFen: fenAtLeastOne, reason: line(80, 2) });
export const refundMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("approve"), note: noteField.optional() }),
  z.strictObject({ action: z.literal("reject"), note: noteField }),
  z.strictObject({ action: z.literal("retry"), note: noteField.optional() }),
]);
export const refundQuery = z.strictObject({
  state: states(refundWorkflow.states).optional(),
  ...paging,
  cursor: idField.optional(),
});
export const receiptParams = z.strictObject({ number: line(40, 1) });
export const receiptQuery = z.strictObject({ code: z.string().regex(/^[0-9A-Za-z]{12}$/, "校验码为 12 位") });
export const reconciliationBody = z.strictObject({ day: dayField });
export const reconciliationQuery = z.strictObject({ ...paging, cursor: dayField.optional() });
export const differenceMove = z.strictObject({ action: z.literal("explain"), note: noteField });
export const alarmQuery = z.strictObject({
  state: z.enum(["open", "resolved"]).optional(),
  ...paging,
  cursor: idField.optional(),
});
export const alarmMove = z.strictObject({ action: z.literal("resolve"), note: noteField });

export const refundView = z
  .object({
    id: z.string(),
    paymentId: z.string(),
    noticeId: z.string(),
    number: z.string(),
    amountFen: z.number().int(),
    reason: z.string(),
    origin: stateView,
    state: stateView,
    moves: movesView,
    requestedBy: z.string().nullable(),
    requestedAt: momentView,
    approvedBy: z.string().nullable(),
    approvedAt: momentView.nullable(),
    finishedAt: momentView.nullable(),
    dueOn: z.string(),
    note: z.string().nullable(),
    next: z.string(),
  })
  .meta({ id: "Refund" });
export const refundListView = listOf(refundView);
export const paymentView = z
  .object({
    id: z.string(),
    noticeId: z.string(),
    orderNumber: z.string(),
    channel: stateView,
    state: stateView,
    moves: movesView,
    amountFen: z.number().int(),
    refundedFen: z.number().int(),
    createdAt: momentView,
    expiresAt: momentView,
    paidAt: momentView.nullable(),
    promisedAt: momentView.nullable().meta({ description: "最迟何时给出准信" }),
    receiptNumber: z.string().nullable(),
    duplicate: z.boolean(),
    transactionNumber: z.string().nullable(),
    next: z.string(),
    refunds: z.array(refundView),
  })
  .meta({ id: "Payment" });
export const paymentListView = listOf(paymentView);
export const paymentItemsView = itemsOf(paymentView);
export const openedView = z.object({
  payment: paymentView,
  wechat: z.union([
    z.object({
      timeStamp: z.string(),
      nonceStr: z.string(),
      package: z.string(),
      signType: z.string(),
      paySign: z.string(),
    }),
    z.object({ codeUrl: z.string() }),
    z.object({ h5Url: z.string() }),
  ]),
});
export const receiptView = z
  .object({
    valid: z.boolean(),
    court: z.string().nullable(),
    amountFen: z.number().int().nullable(),
    paidOn: z.string().nullable(),
    payer: z.string().nullable(),
    refundedFen: z.number().int().nullable(),
  })
  .meta({ id: "ReceiptCheck" });

const totals = z.object({ count: z.number().int(), paidFen: z.number().int(), refundedFen: z.number().int() });
const reconciliation = z.object({ day: z.string(), state: stateView, at: momentView, bill: totals, ours: totals });
export const reconciliationListView = listOf(reconciliation.extend({ differences: z.number().int() }));
export const differenceView = z
  .object({
    id: z.string(),
    kind: stateView,
    orderNumber: z.string().nullable(),
    refundNumber: z.string().nullable(),
    billFen: z.number().int().nullable(),
    oursFen: z.number().int().nullable(),
    advice: z.string(),
    state: stateView,
    moves: movesView,
    note: z.string().nullable(),
  })
  .meta({ id: "BillDifference" });
export const reconciliationView = reconciliation
  .extend({ differences: z.array(differenceView) })
  .meta({ id: "Reconciliation" });
export const alarmView = z
  .object({
    id: z.string(),
    kind: stateView,
    orderNumber: z.string().nullable(),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    advice: z.string(),
    at: momentView,
    resolvedAt: momentView.nullable(),
    moves: movesView,
    note: z.string().nullable(),
  })
  .meta({ id: "PaymentAlarm" });
export const alarmListView = listOf(alarmView);
