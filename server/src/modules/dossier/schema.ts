import { z } from "zod";
import {
  dayField,
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
import { INNER_SECTIONS, type InnerSection, SECTIONS, type Section } from "./sections.ts";
import { requestWorkflow } from "./workflow.ts";

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as [K, ...K[]];

export const idParams = z.strictObject({ id: idField });
const pageField = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, "页码须为正整数")
  .transform(Number)
  .optional()
  .meta({ type: "integer", minimum: 1 });
export const contentQuery = z.strictObject({ from: pageField, to: pageField });
export const searchQuery = z.strictObject({ query: line(40, 2).meta({ description: "要找的字词，至少两个字" }) });
export const readingsQuery = z.strictObject({ ...paging, cursor: idField.optional() });
export const requestsQuery = z.strictObject({ state: z.enum(keysOf(requestWorkflow.states)).optional() });

export const asking = z.strictObject({ purpose: prose(500, 1) });
export const requestMoving = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("grant"),
    hours: z.number().int().min(1).max(2160).optional().meta({ description: "可阅卷的小时数；缺省按本院参数" }),
    note: prose(500).optional(),
  }),
  z.strictObject({ action: z.literal("refuse"), note: prose(500, 1) }),
  z.strictObject({ action: z.literal("end"), note: prose(500, 1) }),
  z.strictObject({ action: z.literal("withdraw") }),
]);
export const adding = z.strictObject({
  section: z.enum(keysOf<Section>(SECTIONS)),
  title: line(100, 1),
  text: prose(50_000, 1),
  formedOn: dayField,
});
export const innerAdding = z.strictObject({
  section: z.enum(keysOf<InnerSection>(INNER_SECTIONS)),
  title: line(100, 1),
  text: prose(50_000, 1),
  formedOn: dayField,
});

export const requestView = z
  .object({
    id: z.string(),
    caseId: z.string(),
    state: stateView,
    moves: movesView,
    reader: z.string(),
    purpose: z.string(),
    note: z.string(),
    askedAt: momentView,
    dueAt: momentView,
    decidedAt: momentView.nullable(),
    until: momentView.nullable(),
  })
  .meta({ id: "DossierRequest" });
export const requestsView = itemsOf(requestView);

const itemView = z
  .object({
    id: z.string(),
    section: z.string(),
    title: z.string(),
    formedOn: z.string(),
    /** 由谁提交 */
    from: z.string(),
    media: z.enum(["pdf", "picture", "none"]),
    pages: z.number().int().nullable(),
    sha256: z.string(),
    addedAt: momentView,
    readAt: momentView.nullable(),
    isNew: z.boolean(),
    open: z.boolean(),
    moves: movesView,
  })
  .meta({ id: "DossierItem" });
export const dossierView = z
  .object({
    caseId: z.string(),
    caseNumber: z.string(),
    pages: z.number().int(),
    newItems: z.number().int(),
    lastReadAt: momentView.nullable(),
    needsApproval: z.boolean(),
    request: requestView.nullable(),
    moves: movesView,
    sections: z.array(z.object({ code: z.string(), label: z.string(), items: z.array(itemView) })),
  })
  .meta({ id: "Dossier" });

export const searchView = z.object({
  items: z.array(
    z.object({
      itemId: z.string(),
      title: z.string(),
      page: z.number().int(),
      before: z.string(),
      found: z.string(),
      after: z.string(),
    }),
  ),
  /** 尚无文字可查的材料件数 */
  unread: z.number().int(),
  more: z.boolean(),
});
export const readingsView = listOf(
  z.object({
    id: z.string(),
    itemId: z.string().nullable(),
    title: z.string(),
    reader: z.string(),
    pages: z.string(),
    at: momentView,
  }),
);
export const innerView = itemsOf(
  z.object({
    id: z.string(),
    section: stateView,
    title: z.string(),
    formedOn: z.string(),
    madeBy: z.string(),
    addedAt: momentView,
  }),
);
export const addedView = z.object({ id: z.string() });
