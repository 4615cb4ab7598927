import { z } from "zod";
import { courtCodeField, dayField, paging } from "#core/fields.ts";

const yuan = z.string().max(40).meta({ description: "十进制金额（元），最多两位小数", example: "12345.67" });
const query = z.string().max(100, "查询内容不能超过 100 个字").optional();

export const causeQuery = z.strictObject({ query, parent: z.string().max(40).optional(), ...paging });
export const listQuery = z.strictObject({ ...paging });
export const formParams = z.strictObject({ id: z.string().regex(/^\d{2}$/) });

export const courtDayQuery = z.strictObject({
  from: dayField,
  to: dayField.meta({ description: "含当日，最多六十二天" }),
});
export const courtDaysView = z.object({
  version: z.string(),
  items: z.array(
    z.object({
      day: z.string(),
      working: z.boolean(),
      provisional: z.boolean().meta({ description: "当年的放假安排尚未公布，暂按星期推定" }),
    }),
  ),
});

export const causeView = z.object({
  code: z.string().meta({ example: "CIV2025:108(3)" }),
  no: z.string(),
  name: z.string(),
  level: z.number().int(),
  path: z.array(z.string()),
  parent: z.string().nullable(),
  formId: z.string().nullable(),
  hasChildren: z.boolean(),
  version: z.string(),
  effectiveFrom: z.string(),
  match: z.string().optional().meta({ description: "对应的日常说法" }),
  reason: z.string().optional().meta({ description: "为什么是这个案由" }),
  bring: z.array(z.string()).optional().meta({ description: "起诉要带的材料" }),
  mistaken: z
    .object({ cause: z.string(), name: z.string(), why: z.string() })
    .optional()
    .meta({ description: "容易混淆的案由" }),
  first: z
    .object({ step: z.string(), basis: z.string() })
    .optional()
    .meta({ description: "起诉以前要先办的事及其依据" }),
});

export const formSummaryView = z.object({
  id: z.string(),
  no: z.string(),
  name: z.string(),
  field: z.string(),
  full: z.boolean().meta({ description: "是否逐项填写要素" }),
  causeCodes: z.array(z.string()),
});

const fieldTypes = [
  "text",
  "textarea",
  "date",
  "money",
  "number",
  "single",
  "multi",
  "yesno",
  "table",
  "group",
  "mobile",
  "idno",
  "uscc",
  "caseno",
  "bankcard",
] as const;

export const fieldView = z
  .object({
    id: z.string(),
    label: z.string(),
    type: z.enum(fieldTypes),
    required: z.boolean().optional(),
    options: z.array(z.string()).optional(),
    columns: z.array(z.string()).optional(),
    hint: z.string().optional(),
    question: z.string().optional().meta({ description: "日常的问法" }),
    example: z.string().optional().meta({ description: "填写示例" }),
    where: z.string().optional().meta({ description: "在哪里能找到" }),
    get fields() {
      return z.array(fieldView).optional();
    },
    // biome-ignore lint/suspicious/noThenProperty: the contract names it; a field is never awaited
    get then() {
      return z.array(fieldView).optional();
    },
  })
  .meta({ id: "FormField" });

export const formView = formSummaryView.extend({
  version: z.string(),
  partyOnly: z.literal("natural").optional(),
  claimsHint: z.string().optional(),
  parts: z
    .object({
      question: z.string(),
      exclusive: z.boolean(),
      choices: z.array(z.object({ label: z.string(), fields: z.array(z.string()) })),
    })
    .optional()
    .meta({ description: "哪些请求由哪一类当事人填写" }),
  precondition: z.string().optional(),
  preamble: z.array(z.string()),
  sections: z.array(
    z.object({
      id: z.enum(["claims", "jurisdiction", "preservation", "facts"]),
      title: z.string(),
      fields: z.array(fieldView),
    }),
  ),
});

export const caseTypeView = z.object({
  code: z.string(),
  name: z.string(),
  token: z.string(),
  category: z.string(),
  official: z.boolean(),
});

const feeValue = z.union(
  [z.string().max(60), z.number(), z.boolean(), z.array(z.string().max(40)).max(1000)],
  "请按费用种类的要求填写",
);
export const feeQuestion = z.strictObject({
  kind: z.string().max(80).meta({ example: "property_first_instance" }),
  input: z.record(z.string().max(60), feeValue).meta({ example: { claim_amount: "15000" } }),
  courtCode: courtCodeField.optional(),
});
export const feeView = z.object({
  feeFen: z.number().int(),
  steps: z.array(z.object({ label: z.string(), basis: z.string(), amountFen: z.number().int() })),
  basis: z.array(z.string()),
});

const event = z
  .string()
  .max(40)
  .meta({ description: "日期，或者不带时区（按北京时间）或带时区的时刻", example: "2026-02-02" });
export const deadlineQuestion = z
  .strictObject({
    rule: z.string().min(1).max(60).optional().meta({ example: "答辩期" }),
    eventDate: event.optional(),
    eventDatetime: event.optional(),
    unit: z.enum(["hour", "day", "month", "year"], "单位须为 hour、day、month 或者 year").optional(),
    amount: z.number().int("期限的长度须为整数").optional(),
    excludedDays: z.number().int("扣除的天数须为整数").optional(),
    rollToWorkday: z.boolean().optional(),
  })
  .refine((question) => (question.eventDate === undefined) !== (question.eventDatetime === undefined), {
    path: ["eventDate"],
    message: "请填写起算事件的日期",
  });
export const deadlineView = z.object({
  lastDay: z.string(),
  nominalLastDay: z.string(),
  provisional: z.boolean(),
  basis: z.string(),
  explanation: z.string(),
  lastMoment: z.string().optional(),
});

export const serviceQuestion = z.strictObject({
  input: z
    .looseObject({ mode: z.string().max(60) })
    .meta({ example: { mode: "electronic_confirmed_address", system_send_success: "2026-05-09T20:15" } }),
});
export const serviceView = z.object({
  effectiveDate: z.string().nullable(),
  presumed: z.boolean(),
  basis: z.string(),
  explanation: z.string(),
  timely: z.boolean().optional(),
  appealDeadlines: z.record(z.string(), z.string()).optional(),
  provisional: z.boolean().optional(),
});

export const caseNumberQuestion = z.strictObject({
  text: z.string().max(200, "案号过长，请核对").meta({ example: "(2026)鲁0102民初123号" }),
});
export const caseNumberView = z.object({
  canonical: z.string(),
  year: z.number().int(),
  courtCode: z.string(),
  courtLevel: z.enum(["最高", "高级", "中级", "基层"]).nullable(),
  special: z.string().nullable(),
  type: z.string(),
  serial: z.number().int(),
  suffix: z.string().nullable(),
  legacy: z.boolean(),
});

export const identityQuestion = z.strictObject({
  type: z.string().max(40).meta({ example: "resident_id" }),
  value: z.string().max(200, "号码过长，请核对"),
});
export const identityView = z.object({
  valid: z.boolean().nullable(),
  normalized: z.string().optional(),
  reason: z.string().optional(),
  birth: z.string().optional(),
  gender: z.enum(["男", "女"]).optional(),
  warnings: z.array(z.string()),
  legacy15: z.boolean().optional(),
  upgraded: z.string().optional(),
  orgCodeOk: z.boolean().optional(),
});

const place = z.string().max(12).optional().meta({ description: "法院代字或者六位行政区划代码", example: "鲁0102" });
const places = z.array(z.string().max(12)).max(20, "最多填写 20 处").optional();
const flag = z.boolean().optional();
const party = z.enum(["plaintiff", "defendant"]).optional();
export const jurisdictionQuestion = z.strictObject({
  causeCode: z.string().max(40).optional(),
  amount: yuan.optional(),
  filedOn: z.string().max(10).optional(),
  foreign: flag,
  online: flag,
  plaintiffCourt: place,
  plaintiffHabitualCourt: place,
  plaintiffAwayOverOneYear: flag,
  defendantCourts: places,
  defendantHabitualCourts: places,
  defendantAwayOverOneYear: flag,
  defendantStatus: z.enum(["abroad", "missing", "compulsory_education", "imprisoned"]).optional(),
  agreement: z
    .strictObject({
      kind: z.enum(["court", "arbitration"]),
      courts: places,
      written: flag,
      connected: flag,
      hiddenStandardTerm: flag,
    })
    .optional(),
  performanceCourt: place,
  performed: flag,
  subject: z.enum(["money", "real_estate", "other", "instant"]).optional(),
  moneyReceiver: party,
  obligor: party,
  tradeCourt: place,
  delivery: z.enum(["online", "goods"]).optional(),
  receivingCourt: place,
  tortCourts: places,
  resultCourts: places,
  productCourts: places,
  accidentCourt: place,
  firstArrivalCourt: place,
  realEstateCourt: place,
  deathCourt: place,
  mainEstateCourt: place,
  portCourt: place,
  leasedItemCourt: place,
  insuredItemCourt: place,
  insuredPersonCourt: place,
  companyCourt: place,
  billPaymentCourt: place,
  departureCourt: place,
  destinationCourt: place,
  defendantAnswered: flag,
  authority: z.enum(["state_council", "county_government", "customs", "other"]).optional(),
  employerCourt: place,
  workCourt: place,
  courtCandidates: places,
});
export const jurisdictionView = z.object({
  courts: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      reason: z.string(),
      basis: z.string(),
      confidence: z.enum(["high", "medium", "low"]),
      confidenceLabel: z.string(),
    }),
  ),
  warnings: z.array(z.object({ message: z.string(), basis: z.string() })),
});
