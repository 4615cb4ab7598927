import { z } from "zod";
import { courtCodeField, dayField, itemsOf, line, listOf, paging } from "#core/fields.ts";
import { LEVELS } from "./data.ts";
import { PREPAID_AS, ROUNDINGS } from "./parameters.ts";

export const courtsQuery = z.strictObject({
  query: line(50).optional().meta({ description: "名称的一部分、拼音全拼或首字母、法院代字", example: "历下" }),
  province: line(20).optional().meta({ description: "省份：山东省、山东、鲁或者 37", example: "山东" }),
  level: z.enum([...LEVELS, ""], "级别须为 最高、高级、中级、基层、专门 之一").optional(),
  parent: z
    .union([z.literal(""), courtCodeField])
    .optional()
    .meta({ description: "上级法院的代字", example: "鲁01" }),
  ...paging,
});

export const courtParams = z.strictObject({ code: courtCodeField });

const fields = {
  divorceBaseFen: z.number().int(),
  personalityBaseFen: z.number().int(),
  otherNonPropertyFen: z.number().int(),
  ipNoAmountFen: z.number().int(),
  jurisdictionObjectionFen: z.number().int(),
  executionNoAmountFen: z.number().int(),
  maritimeLimitationFundFen: z.number().int(),
  maritimeInjunctionFen: z.number().int(),
  maritimeLienNoticeFen: z.number().int(),
  rounding: z.enum(ROUNDINGS),
  feePrepaidAs: z.enum(PREPAID_AS),
  reviewRollsOverRestDays: z.boolean(),
  correctionDays: z.number().int(),
  claimsPerClerk: z.number().int(),
  contactReplyDays: z.number().int(),
  contactLadderDays: z.number().int(),
  contactReopenDays: z.number().int(),
  dossierNeedsApproval: z.boolean(),
  dossierDecideHours: z.number().int(),
  dossierReadingHours: z.number().int(),
  hearingHours: z.string().max(60),
  receptionReplyDays: z.number().int(),
  receptionNoticeDays: z.number().int(),
  receptionAnswerDays: z.number().int(),
  averageWageFen: z.number().int(),
};

export const parameterChange = z.strictObject({
  validFrom: dayField.optional().meta({ description: "自哪一天起适用；缺省为今天" }),
  values: z.strictObject(fields).partial(),
});

const valuesView = z.object({ ...fields, averageWageFen: z.number().int().nullable() });
const nullable = z.string().nullable();

export const courtView = z.object({
  code: z.string().meta({ example: "鲁0102" }),
  name: z.string().meta({ example: "济南市历下区人民法院" }),
  level: z.enum(LEVELS),
  province: nullable,
  city: nullable,
  parentCode: nullable,
  divisionCode: nullable,
  address: nullable,
  phone: nullable,
  open: z.boolean().meta({ description: "接受网上立案" }),
  provisional: z.boolean().meta({ description: "代字由行政区划推得，尚未以官方代字表核对" }),
});
export const courtDetail = courtView.extend({
  parent: z.object({ code: z.string(), name: z.string() }).nullable(),
  timeZone: z.literal("Asia/Shanghai"),
  source: z.string(),
  sourceVersion: z.string(),
  retired: z.boolean().meta({ description: "官方代字表中已没有，只供查阅旧案" }),
  parameters: valuesView,
});
export const courtList = listOf(courtView);

const parameterValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const sheetView = z.object({
  courtCode: z.string(),
  version: z.number().int(),
  on: z.string(),
  values: valuesView,
  ...itemsOf(
    z.object({
      field: z.string(),
      label: z.string(),
      unit: z.enum(["fen", "days", "count", "choice", "flag", "hours"]),
      value: parameterValue,
      neutral: parameterValue,
      min: z.number().nullable(),
      max: z.number().nullable(),
      choices: z.array(z.string()).nullable(),
      basis: z.string(),
      validFrom: nullable,
      upcoming: z.array(z.object({ value: parameterValue, validFrom: z.string() })),
    }),
  ).shape,
});
