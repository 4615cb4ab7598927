import { z } from "zod";
import {
  dayField,
  idField,
  itemsOf,
  keyField,
  line,
  listOf,
  momentView,
  movesView,
  paging,
  prose,
  stateView,
} from "#core/fields.ts";
import { materialView, uploadView } from "#modules/material/index.ts";
import { PAPER_CODES } from "./papers.ts";
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
const sectionField = z.enum(keysOf<Section>(SECTIONS));
const innerSectionField = z.enum(keysOf<InnerSection>(INNER_SECTIONS));
const content = {
  title: line(100, 1),
  formedOn: dayField,
  text: prose(50_000, 1).optional(),
  scans: z
    .array(idField)
    .min(1)
    .max(40, "一次最多 40 张照片")
    .refine((ids) => new Set(ids).size === ids.length, "同一份扫描件只能选一次")
    .optional()
    .meta({ description: "已通过检查的扫描件：一份 PDF，或者按次序的照片（合并为一份 PDF）；与 text 二者选一" }),
};
const oneContent = ({ text, scans }: { text?: unknown; scans?: unknown }) =>
  (text === undefined) !== (scans === undefined);
const ONE_CONTENT = { message: "请填写内容，或者选择扫描件，二者选一", path: ["text"] };
export const adding = z
  .strictObject({
    section: sectionField,
    ...content,
    paper: z.enum(PAPER_CODES).optional().meta({ description: "归档清单中的哪一项；缺省按类别" }),
    partyKey: keyField.optional().meta({ description: "哪一方当事人的材料；缺省为法院的" }),
  })
  .refine(oneContent, ONE_CONTENT);
export const innerAdding = z.strictObject({ section: innerSectionField, ...content }).refine(oneContent, ONE_CONTENT);
const after = idField.nullable().meta({ description: "排在哪一件之后；null 为该类别的第一件" });
export const placing = z.strictObject({ section: sectionField, after });
export const innerPlacing = z.strictObject({ section: innerSectionField, after });

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

export const completenessView = z.object({
  items: z.array(
    z.object({
      code: z.enum(PAPER_CODES),
      label: z.string(),
      /** 可以归入的类别 */
      sections: z.array(z.string()),
      state: stateView,
      /** 缺少、尚未形成、不适用的原因 */
      why: z.string(),
      items: z.array(z.object({ id: z.string(), title: z.string() })),
    }),
  ),
  missing: z.number().int(),
});
export const scanView = z.object({ material: materialView, upload: uploadView });

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
