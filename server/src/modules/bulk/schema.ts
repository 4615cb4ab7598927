import { z } from "zod";
import { courtCodeField, idField, line, listOf, momentView, movesView, paging, stateView } from "#core/fields.ts";
import { materialView, uploadView } from "#modules/material/index.ts";
import { OWNER_ACTIONS, ROW_STATES } from "./workflow.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "sha256 须为 64 位小写十六进制");
const bytes = z
  .number("缺少文件大小")
  .int("文件大小须为整数")
  .min(1, "文件是空的，请重新选择")
  .max(Number.MAX_SAFE_INTEGER)
  .meta({ description: "文件大小，单位：字节" });
const file = z.strictObject({ name: line(200, 1), bytes, sha256 });

export const jobOrder = z.strictObject({
  formId: z.string().regex(/^[a-z0-9-]{1,24}$/, "表格编号格式不正确"),
  courtCode: courtCodeField,
  sheet: file,
  archive: file.nullable().optional(),
});
export type JobOrder = z.infer<typeof jobOrder>;

export const signatureOrder = z.strictObject({
  bytes: bytes.max(2 * 1024 ** 2, "签名图片不能超过 2 MB"),
  sha256,
  contentType: z.enum(["image/png", "image/jpeg"], "签名须为 PNG 或 JPG 图片"),
});
export type SignatureOrder = z.infer<typeof signatureOrder>;

export const jobMove = z.strictObject({ action: z.enum(OWNER_ACTIONS) });
export const idParams = z.strictObject({ id: idField });
export const formParams = z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,24}$/, "表格编号格式不正确") });
export const jobQuery = z.strictObject({ ...paging });
const rowStates = Object.keys(ROW_STATES) as [keyof typeof ROW_STATES];
export const rowQuery = z.strictObject({ state: z.enum(rowStates).optional(), ...paging });
export const resultQuery = z.strictObject({
  only: z
    .enum(["bad"], "only 只能为 bad")
    .optional()
    .meta({ description: "bad：只要需要改正的行，改好后可以直接上传" }),
});

const findingView = z.object({
  cell: z.string().nullable().meta({ description: "单元格，例如 D7；空为整行" }),
  column: z.string().nullable(),
  severity: z.enum(["error", "block", "warn", "hint"]).meta({
    description: "error：改正后才能建立草稿；block：可以建草稿，提交前须补；warn、hint：提醒",
  }),
  code: z.string(),
  message: z.string(),
  fix: z.string(),
  basis: z.string(),
});
export const rowView = z
  .object({
    row: z.number().int().meta({ description: "表格中的行号" }),
    state: stateView,
    title: z.string(),
    findings: z.array(findingView),
    filing: z.object({ id: z.string(), receiptNumber: z.string().nullable() }).nullable(),
    duplicateOf: z
      .object({ jobId: z.string(), row: z.number().int(), filingId: z.string().nullable(), message: z.string() })
      .nullable(),
  })
  .meta({ id: "BulkRow" });
export const rowListView = listOf(rowView);

const named = z.object({ code: z.string(), name: z.string() });
export const jobView = z
  .object({
    id: z.string(),
    version: z.number().int(),
    form: z.object({ id: z.string(), name: z.string() }),
    court: named,
    state: stateView,
    moves: movesView,
    next: z.string().meta({ description: "现在发生什么，或者下一步做什么" }),
    counts: z.object({
      total: z.number().int(),
      byState: z.array(z.object({ code: z.enum(rowStates), label: z.string(), count: z.number().int() })),
    }),
    progress: z.object({ done: z.number().int(), total: z.number().int() }).meta({ description: "当前一步的进度" }),
    fault: z.string().nullable().meta({ description: "整份表格不能读取的原因和办法" }),
    earlier: z.object({ id: z.string(), state: stateView, createdAt: momentView }).nullable().meta({
      description: "同一份表格此前的任务",
    }),
    sheet: materialView.nullable(),
    archive: materialView.nullable(),
    signature: materialView.nullable(),
    signerName: z.string().nullable().meta({ description: "用本人签名提交时，须与代理人或法定代表人一致的姓名" }),
    createdAt: momentView,
    updatedAt: momentView,
  })
  .meta({ id: "BulkJob" });
export type JobView = z.infer<typeof jobView>;
export type RowView = z.infer<typeof rowView>;
export const jobListView = listOf(
  jobView.omit({ sheet: true, archive: true, signature: true, signerName: true, earlier: true }),
);
const uploads = z.object({ material: materialView, upload: uploadView });
export const jobAnswer = z.object({ job: jobView, sheet: uploads, archive: uploads.nullable() });
export const signatureAnswer = uploads;
