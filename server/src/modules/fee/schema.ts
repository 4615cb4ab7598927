import { z } from "zod";
import { idField, paging } from "#core/fields.ts";
import { SHOWN_STATES } from "./workflow.ts";

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
