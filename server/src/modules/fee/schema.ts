import { z } from "zod";
import { dayField, fenField, idField, keyField, nameField, paging, prose } from "#core/fields.ts";
import {
  FEE_CATEGORIES,
  type FeeCategory,
  HALVINGS,
  type Halving,
  RELIEF_KINDS,
  type ReliefKind,
} from "#modules/reference/index.ts";
import { STAFF_REASONS } from "./changes.ts";
import { ISSUABLE } from "./sources.ts";
import { type ReliefState, reliefWorkflow, SHOWN_STATES } from "./workflow.ts";

const names = <T extends string>(table: Readonly<Record<T, unknown>>): [T, ...T[]] => Object.keys(table) as [T, ...T[]];

export const noticeQuery = z.strictObject({
  state: z.enum(SHOWN_STATES).optional(),
  caseId: idField.optional(),
  due: z.enum(["soon", "overdue"], "due 须为 soon 或 overdue").optional(),
  ...paging,
  cursor: idField.optional(),
});

/** Typed from paper: spaces between the groups do no harm. */
export const payCodeField = z
  .string()
  .max(40, "缴款码过长")
  .transform((value) => value.replace(/[\s-]/g, ""))
  .refine((value) => /^\d{16}$/.test(value), "缴款码为 16 位数字，请核对")
  .meta({ type: "string", example: "4000123412341234" });
export const lookup = z.strictObject({ payCode: payCodeField });

const feeFacts = z.strictObject({
  category: z.enum(names<FeeCategory>(FEE_CATEGORIES), "请选择费用种类"),
  amountFen: fenField.nullable().meta({ description: "争议金额，单位：分；没有金额的为 null" }),
  halvings: z
    .array(z.enum(names<Halving>(HALVINGS), "请选择减半的原因"))
    .max(4)
    .refine((list) => new Set(list).size === list.length, "减半的原因不要重复"),
  afterInquiry: z.boolean().optional().meta({ description: "法庭调查终结后减少请求（§35，自担）" }),
});

// The fields that the ways of service are judged by; which of them each takes is said by the judgment itself.
const moment = z.string().max(40).optional();
const serviceInput = z.strictObject({
  mode: z.string().min(1, "请选择送达方式").max(60),
  system_send_success: moment,
  read_receipt_at: moment,
  replied_at: moment,
  signed_at: moment,
  returned_at: moment,
  done_at: moment,
  last_published: moment,
  procedure: z.string().max(40).optional(),
});

const deemWithdrawn = z.strictObject({ action: z.literal("deem_withdrawn"), note: prose(500).optional() });
export const noticePreview = deemWithdrawn;

export const noticeMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("serve"), input: serviceInput }),
  z.strictObject({
    action: z.literal("change"),
    facts: feeFacts,
    reason: z.enum(STAFF_REASONS, "请选择变更的原因"),
    note: prose(500).optional(),
  }),
  deemWithdrawn,
  z.strictObject({ action: z.literal("close"), note: prose(500, 2) }),
]);
export type NoticeMove = z.infer<typeof noticeMove>;

export const furtherNotice = z.strictObject({
  source: z.enum(ISSUABLE, "请选择交费的事项"),
  key: keyField.optional().meta({ description: "区分同类事项，例如当事人的键" }),
  facts: feeFacts,
  payerAccountId: idField.optional(),
  payer: z
    .strictObject({
      name: nameField(100, 1),
      kind: z.enum(["natural", "organisation"], "请选择自然人或者单位"),
    })
    .optional(),
});

export const reliefRequest = z.strictObject({
  kind: z.enum(names<ReliefKind>(RELIEF_KINDS), "请选择缓交、减交或者免交"),
  ground: z.string().max(40),
  // The ground says why already; what the person adds is theirs to choose (§48 asks for a written request, which this is).
  statement: prose(2000).default(""),
  deferUntil: dayField.optional(),
  materials: z.array(idField).max(30, "最多 30 份材料").default([]),
});

const grant = z.strictObject({
  action: z.literal("grant"),
  reduceBy: z
    .string()
    .regex(/^0\.\d{1,4}$/, "请用小数写明减交比例，例如 0.30")
    .optional(),
  reliefFen: fenField.optional(),
  deferUntil: dayField.optional(),
  reason: prose(2000, 2),
});
const refuse = z.strictObject({ action: z.literal("refuse"), reason: prose(2000, 5) });

export const reliefMove = z.discriminatedUnion("action", [
  grant,
  refuse,
  z.strictObject({ action: z.literal("withdraw") }),
]);
export type ReliefMove = z.infer<typeof reliefMove>;
export const reliefPreview = z.discriminatedUnion("action", [grant, refuse]);

export const reliefQuery = z.strictObject({
  state: z.enum(Object.keys(reliefWorkflow.states) as [ReliefState, ...ReliefState[]]).optional(),
  ...paging,
  cursor: idField.optional(),
});
