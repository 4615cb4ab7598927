import { z } from "zod";
import { ROLES } from "#core/actor.ts";
import { dayField, idField, momentView, paging } from "#core/fields.ts";
import { FLAWS } from "./verify.ts";

export const auditQuery = z.strictObject({
  object: z
    .string()
    .regex(/^[a-z_-]{1,30}:\d{1,20}$/, "格式为 类别:编号，例如 filing:12")
    .optional(),
  actor: z
    .string()
    .regex(/^\d{1,20}$/, "编号格式不正确")
    .optional(),
  name: z
    .string()
    .regex(/^[a-z_]{1,30}\.[a-z_]{1,30}$/, "事件名格式不正确，例如 filing.moved")
    .optional(),
  from: dayField.optional().meta({ description: "起始日（含）" }),
  to: dayField.optional().meta({ description: "截止日（含）" }),
  ...paging,
});
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditView = z.object({
  seq: z.string(),
  at: momentView,
  actor: z.object({ id: z.string(), name: z.string(), role: z.enum(ROLES), roleLabel: z.string() }),
  name: z.string(),
  about: z.string(),
  courtCode: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  hash: z.string(),
});

const anchor = z.strictObject({ seq: idField, hash: z.string().regex(/^[0-9a-f]{64}$/, "校验值为 64 位十六进制") });
export const verification = z.strictObject({
  from: idField.optional().meta({ description: "起始序号，缺省为 1" }),
  to: idField.optional().meta({ description: "截止序号，缺省为链末端" }),
  anchors: z
    .array(anchor)
    .max(1000, "最多 1000 个锚点")
    .optional()
    .meta({ description: "库外留存的锚点（日志中的 auditHead），一并核对" }),
});
export const verdictView = z.object({
  ok: z.boolean(),
  checked: z.number().int(),
  anchors: z.number().int(),
  head: z.object({ seq: z.string(), hash: z.string() }),
  firstBad: z
    .object({ seq: z.string(), code: z.enum(Object.keys(FLAWS) as [keyof typeof FLAWS]), message: z.string() })
    .nullable(),
});
