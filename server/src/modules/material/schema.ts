import { z } from "zod";
import { idField, momentView, movesView, prose, stateView } from "#core/fields.ts";
import { KINDS, labelOf, type MaterialKind } from "./kinds.ts";

const kindNames = Object.keys(KINDS) as [MaterialKind, ...MaterialKind[]];

/** Any name a phone gives a file; what could hide something in it is taken away. */
const nameField = z
  .string()
  .max(1000, "文件名过长，请改短后再试")
  .transform(labelOf)
  .meta({ type: "string", maxLength: 1000, description: "文件名，仅作显示" });
const originality = z.enum(["original", "copy", "electronic"], "请选择原件、复印件或电子数据").nullable();

export const materialOrder = z.strictObject({
  name: nameField,
  kind: z.enum(kindNames, "请选择材料种类"),
  bytes: z
    .number("缺少文件大小")
    .int("文件大小须为整数")
    .min(1, "文件是空的，请重新选择")
    .max(Number.MAX_SAFE_INTEGER)
    .meta({ description: "文件大小，单位：字节" }),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "sha256 须为 64 位小写十六进制"),
  contentType: z
    .string()
    .max(127, "文件类型过长")
    .regex(/^[\x20-\x7e]*$/, "文件类型格式不正确"),
  purpose: prose(1000).default(""),
  source: prose(500).default(""),
  originality: originality.default(null),
});
export type MaterialOrder = z.infer<typeof materialOrder>;

export const materialChange = z.strictObject({
  name: nameField.optional(),
  purpose: prose(1000).optional(),
  source: prose(500).optional(),
  originality: originality.optional(),
});
export type MaterialChange = z.infer<typeof materialChange>;

export const materialCombination = z.strictObject({
  ids: z
    .array(idField)
    .min(2, "请至少选两张照片")
    .max(40, "一次最多合并 40 张照片")
    .refine((ids) => new Set(ids).size === ids.length, "同一张照片只能选一次"),
  name: nameField,
  kind: z.enum(kindNames, "请选择材料种类"),
  purpose: prose(1000).default(""),
  source: prose(500).default(""),
  originality: originality.default(null),
});
export type Combination = z.infer<typeof materialCombination>;

export const materialSequence = z.strictObject({ ids: z.array(idField).max(100, "最多 100 份材料") });
export const idParams = z.strictObject({ id: idField });
export const contentQuery = z.strictObject({
  variant: z.enum(["view", "original"], "variant 须为 view 或 original").optional(),
});

export const materialView = z
  .object({
    id: z.string(),
    filingId: z.string().nullable().meta({ description: "属于哪一件立案申请" }),
    noticeId: z.string().nullable().meta({ description: "属于哪一份交费通知（缓减免申请的证明材料）" }),
    name: z.string(),
    kind: z.enum(kindNames),
    kindLabel: z.string(),
    state: stateView,
    moves: movesView,
    refusedReason: z.string().nullable().meta({ description: "为什么未通过检查，以及怎么办" }),
    warnings: z.array(z.string()).meta({ description: "不影响提交、但查看时应留意的情况" }),
    contentType: z.string().meta({ description: "检查后为按内容识别的类型" }),
    bytes: z.number().int(),
    sha256: z.string(),
    pages: z.number().int().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    position: z.number().int(),
    purpose: z.string(),
    source: z.string(),
    originality: z.enum(["original", "copy", "electronic"]).nullable(),
    round: z.number().int(),
    version: z.number().int(),
    createdAt: momentView,
  })
  .meta({ id: "Material" });
export type MaterialView = z.infer<typeof materialView>;

const headers = z.record(z.string(), z.string());
export const uploadView = z
  .object({
    method: z.literal("PUT"),
    url: z.string().optional().meta({ description: "整个文件上传到这里；相对地址以本站为准" }),
    headers: headers.optional(),
    partBytes: z.number().int().optional(),
    parts: z
      .array(
        z.object({
          number: z.number().int(),
          offset: z.number().int(),
          bytes: z.number().int(),
          url: z.string(),
          headers,
          received: z.boolean(),
        }),
      )
      .optional()
      .meta({ description: "分片上传的地址；空列表表示无须再传，直接完成" }),
    expiresAt: momentView,
  })
  .meta({ id: "Upload" });
export const orderAnswer = z.object({ material: materialView, upload: uploadView });
export const uploadAnswer = z.object({ upload: uploadView });

/** What a client is told before it chooses a file. */
export const clientConfig = z.object({
  demonstration: z.boolean(),
  wechat: z.boolean(),
  maxUploadBytes: z.number().int(),
  allowedTypes: z.array(z.string()),
});
