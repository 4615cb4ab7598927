import { z } from "zod";
import {
  courtCodeField,
  idField,
  itemsOf,
  line,
  listOf,
  momentView,
  movesView,
  paging,
  prose,
  stateView,
} from "#core/fields.ts";
import { filingView, findingView } from "#modules/filing/index.ts";
import { DECISIONS, intakeWorkflow, LANES } from "./workflow.ts";

const fence = z
  .number()
  .int()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .optional()
  .meta({ description: "领取时得到的编号，作决定时必须带上" });
const reason = prose(1000, 2);

const accepting = z.strictObject({
  action: z.literal("accept"),
  fence,
  causeCode: z.string().max(40),
  caseTypeCode: z.string().max(8),
  note: prose(1000).optional(),
});
const returning = z.strictObject({
  action: z.literal("return"),
  fence,
  defects: z
    .array(
      z.strictObject({
        code: z.string().max(40),
        pointer: z.string().max(200).default(""),
        note: prose(500).default(""),
      }),
    )
    .min(1, "请至少选择一项补正事项")
    .max(30, "补正事项不能超过 30 项"),
  dueDays: z.number().int().min(1, "补正期限至少 1 日").max(30, "补正期限最长 30 日").optional(),
  overrideReason: prose(500, 4).optional(),
});
const refusing = z.strictObject({
  action: z.literal("refuse"),
  fence,
  groundCode: z.string().max(40),
  note: reason,
});
const transferring = z.strictObject({
  action: z.literal("transfer"),
  fence,
  courtCode: courtCodeField,
  note: reason,
});

export const intakeMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("claim") }),
  z.strictObject({ action: z.literal("release"), fence }),
  z.strictObject({ action: z.literal("extend"), fence }),
  z.strictObject({ action: z.literal("skip"), fence, reason: line(200, 2) }),
  z.strictObject({ action: z.literal("assign"), fence, assigneeId: idField.nullable() }),
  accepting,
  returning,
  refusing,
  transferring,
  z.strictObject({ action: z.literal("mediate"), fence, note: prose(1000).optional() }),
]);
export type IntakeMove = z.infer<typeof intakeMove>;

const DECIDING: ReadonlySet<string> = new Set(DECISIONS);
/** A decision as it would be sent, for its document only. */
export const intakePreview = intakeMove.refine(({ action }) => DECIDING.has(action), {
  path: ["action"],
  message: "只有决定才有文书",
});

/** What may be done with a whole series: the same words for each; who holds what is looked at item by item. */
const itemIds = z.array(idField).min(1, "请至少选择一件").max(200, "一次最多处理 200 件").optional();
export const seriesMove = z.discriminatedUnion("action", [
  accepting.omit({ fence: true }).extend({ itemIds }).strict(),
  returning.omit({ fence: true }).extend({ itemIds }).strict(),
  refusing.omit({ fence: true }).extend({ itemIds }).strict(),
  transferring.omit({ fence: true }).extend({ itemIds }).strict(),
  z.strictObject({ action: z.literal("assign"), assigneeId: idField.nullable(), itemIds }),
]);

export const itemQuery = z.strictObject({
  queue: idField.optional(),
  lane: z.enum(Object.keys(LANES) as [keyof typeof LANES]).optional(),
  state: z.enum(Object.keys(intakeWorkflow.states) as [keyof typeof intakeWorkflow.states]).optional(),
  assignee: z.union([z.literal("me"), idField]).optional(),
  ...paging,
});
export const forecastQuery = z.strictObject({
  hours: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .optional()
    .meta({ type: "integer" }),
});

const person = z.object({ id: z.string(), name: z.string() });
export const itemView = z
  .object({
    id: z.string(),
    filingId: z.string(),
    queue: z.object({ id: z.string(), name: z.string() }),
    lane: stateView,
    state: stateView,
    moves: movesView,
    lease: z.object({ holder: person, until: momentView, fence: z.number().int() }).nullable(),
    assignee: person.nullable(),
    title: z.string(),
    cause: z.object({ code: z.string(), name: z.string() }).nullable(),
    amountFen: z.number().int().nullable(),
    receivedAt: momentView,
    dueOn: z.string().nullable(),
    daysLeft: z.number().int().nullable(),
    overdue: z.boolean(),
    completeness: z.number().int(),
    score: z.number().int(),
    round: z.number().int(),
    findings: z.object({ block: z.number().int(), warn: z.number().int(), hint: z.number().int() }),
    duplicates: z.number().int(),
    seriesId: z.string().nullable(),
    decision: z
      .object({ action: z.string(), label: z.string(), byName: z.string(), at: momentView, note: z.string() })
      .nullable(),
  })
  .meta({ id: "IntakeItem" });
export const itemDetailView = itemView
  .extend({
    filing: filingView,
    findings: z.array(findingView),
    mayMediate: z.boolean(),
    suggestion: z.object({ causeCode: z.string().nullable(), caseTypeCode: z.string() }),
  })
  .meta({ id: "IntakeItemDetail" });
export const itemListView = listOf(itemView);
export const queueListView = itemsOf(
  z.object({
    id: z.string(),
    name: z.string(),
    court: z.object({ code: z.string(), name: z.string() }),
    category: z.string(),
    counts: z.object({
      waiting: z.number(),
      claimed: z.number(),
      mine: z.number(),
      correction: z.number(),
      overdue: z.number(),
      dueSoon: z.number(),
    }),
  }),
);
export const differenceView = z.object({
  round: z.number().int(),
  changes: z.array(z.object({ pointer: z.string(), label: z.string(), before: z.string(), after: z.string() })),
  materials: z.object({
    added: z.array(z.object({ id: z.string(), name: z.string() })),
    removed: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
});
export const duplicateListView = itemsOf(
  z.object({
    filingId: z.string(),
    receiptNumber: z.string(),
    title: z.string(),
    court: z.object({ code: z.string(), name: z.string() }),
    state: stateView,
    submittedAt: momentView,
    kind: stateView,
    similarity: z.number(),
    reasons: z.array(z.string()),
  }),
);
export const defectListView = itemsOf(
  z.object({
    code: z.string(),
    title: z.string(),
    basis: z.string(),
    pointer: z.string(),
    fix: z.string(),
    example: z.string(),
  }),
);
export const groundListView = itemsOf(z.object({ code: z.string(), title: z.string(), basis: z.string() }));
export const staffListView = itemsOf(
  z.object({ id: z.string(), name: z.string(), role: z.string(), open: z.number(), doneToday: z.number() }),
);
export const ruleListView = itemsOf(
  z.object({
    priority: z.number(),
    courtCode: z.string().nullable(),
    category: z.string(),
    categoryName: z.string(),
    fits: z.record(z.string(), z.unknown()),
  }),
);
export const statisticsView = z.object({
  byQueue: z.array(
    z.object({
      queue: person,
      waiting: z.number(),
      claimed: z.number(),
      correction: z.number(),
      oldestDays: z.number(),
      overdue: z.number(),
      dueToday: z.number(),
      due3Days: z.number(),
    }),
  ),
  byClerk: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      open: z.number(),
      doneToday: z.number(),
      acceptedToday: z.number(),
      returnedToday: z.number(),
      refusedToday: z.number(),
    }),
  ),
  ageBuckets: z.array(z.object({ label: z.string(), count: z.number() })),
});
export const forecastView = z.object({
  hours: z.array(z.object({ at: momentView, due: z.number().int() })),
  breaches: z.array(
    z.object({
      itemId: z.string(),
      title: z.string(),
      queue: person,
      dueOn: z.string(),
      daysLeft: z.number().int(),
      lease: itemView.shape.lease,
      assignee: z.string().nullable(),
      expectedAt: momentView.nullable().meta({ description: "预计办结时间；null 为可预见的时间内无人办理" }),
    }),
  ),
  breachCount: z.number().int(),
  capacity: z.array(
    z.object({ day: z.string(), working: z.boolean(), provisional: z.boolean(), items: z.number().int() }),
  ),
  clerks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      perDay: z.number(),
      measuredDays: z.number().int(),
      away: z.array(z.string()),
    }),
  ),
  assumptions: z.array(z.string()),
});
export const documentPreviewView = z.object({ title: z.string(), text: z.string() });
