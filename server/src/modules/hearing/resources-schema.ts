import { z } from "zod";
import { dayField, idField, itemsOf, line, momentView, prose, stateView } from "#core/fields.ts";
import { LISTED } from "./resources-manage.ts";
import { momentField } from "./schema.ts";
import { RESOURCE_KINDS, type ResourceKind } from "./workflow.ts";

const placeField = z.string().regex(/^\d{6}$/, "请填写六位行政区划代码");
const workingField = line(60).meta({ description: "缺省同本院开庭时间，例如 09:00-12:00,14:00-17:30" });
const facts = {
  name: line(40, 1),
  place: placeField.nullish().meta({ description: "法庭所在的行政区划；缺省同本院" }),
  working: workingField.nullish(),
  language: line(20).nullish().meta({ description: "翻译人员的语种" }),
};
export const newResource = z.strictObject({ kind: z.enum(LISTED), ...facts });
export const resourceChange = z.strictObject({ ...facts, closed: z.boolean().default(false) });
export const resourceQuery = z.strictObject({
  kind: z.enum(Object.keys(RESOURCE_KINDS) as [ResourceKind, ...ResourceKind[]]).optional(),
});
export const resourceView = z
  .object({
    id: z.string(),
    kind: stateView,
    name: z.string(),
    place: z.string().nullable(),
    working: z.string().nullable(),
    language: z.string().nullable(),
    closed: z.boolean(),
    mine: z.boolean(),
    staffId: z.string().nullable().meta({ description: "法官、书记员的账号" }),
    version: z.number().int(),
  })
  .meta({ id: "HearingResource" });
export const resourceList = itemsOf(resourceView);

export const absenceQuery = z.strictObject({
  resourceId: idField.optional(),
  from: dayField.optional().meta({ description: "缺省为今天" }),
  to: dayField.optional().meta({ description: "含当日；缺省为起始日后 90 天" }),
});
export const absenceNote = z.strictObject({
  resourceId: idField.optional().meta({ description: "缺省为本人" }),
  from: momentField,
  to: momentField,
  reason: line(100).optional().meta({ description: "仅法院登记场所和人员时填写" }),
});
export const absenceView = z.object({
  id: z.string(),
  resourceId: z.string(),
  from: momentView,
  to: momentView,
  kind: stateView,
  reason: z.string(),
});
export const absenceList = itemsOf(absenceView);

export const calendarBody = z.strictObject({ ics: prose(200_000, 20) });
export const calendarImported = z.object({
  count: z.number().int().meta({ description: "今后一年内不能安排的时间段数" }),
});
