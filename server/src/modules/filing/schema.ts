import { z } from "zod";
import { courtCodeField, line, paging, prose } from "#core/fields.ts";
import { filingContent } from "./content.ts";
import { filingWorkflow } from "./workflow.ts";

const causeCode = z.string().max(40).nullable().optional();
const formId = z.string().max(24).nullable().optional();

export const filingOpening = z.strictObject({ courtCode: courtCodeField, causeCode, formId });
export const filingReplacement = z.strictObject({ content: filingContent });
export const filingEdits = z.strictObject({
  edits: z
    .array(
      z.strictObject({
        path: z.string().min(2, "请写明修改的位置").max(200).startsWith("/", "位置须以 / 开头"),
        value: z.unknown().refine((value) => value !== undefined, "请写明修改后的值；清空用 null"),
        baseVersion: z
          .number()
          .int()
          .min(0)
          .max(2 ** 31),
      }),
    )
    .min(1, "没有要修改的内容")
    .max(100, "一次最多修改 100 处"),
});
export const filingMove = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("submit") }),
  z.strictObject({ action: z.literal("withdraw"), note: prose(500).optional() }),
]);
export const filingQuery = z.strictObject({
  state: z.enum(Object.keys(filingWorkflow.states) as [keyof typeof filingWorkflow.states]).optional(),
  ...paging,
});
export const revealing = z.strictObject({ pointer: z.string().min(2).max(200), reason: line(200, 4) });
