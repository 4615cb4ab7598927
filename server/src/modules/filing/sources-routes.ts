import { z } from "zod";
import { idField, itemsOf } from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { readFieldView } from "#modules/material/index.ts";
import type { Means } from "#modules/module.ts";
import { listSources, noteSources } from "./sources.ts";
import { findFilingRow } from "./store.ts";
import { idParams } from "./view.ts";

const tag = "filing";

export const sourcesPolicy: Policy = {
  "POST /filings/:id/sources": ["litigant", "lawyer"],
  "GET /filings/:id/sources": ["litigant", "lawyer", "clerk", "supervisor", "judge", "court_clerk"],
};

const filingSources = z.strictObject({
  sources: z
    .array(
      z.strictObject({
        pointer: z.string().min(2, "请写明填写的位置").max(200).startsWith("/", "位置须以 / 开头"),
        materialId: idField,
        field: z.string().regex(/^[A-Za-z]{1,32}$/, "请写明识别结果中的哪一项"),
      }),
    )
    .min(1, "没有要登记的出处")
    .max(30, "一次最多登记 30 处"),
});
const sourceView = z
  .object({
    pointer: z.string(),
    materialId: z.string(),
    materialName: z.string(),
    kind: z.object({ code: z.string(), label: z.string() }),
    turn: z.number().int(),
    read: readFieldView,
    agrees: z.boolean().nullable().meta({ description: "填写的与识别的是否一致；还没有填写的为 null" }),
  })
  .meta({ id: "FilingSource" });

export function filingSourceRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "POST",
      path: "/filings/:id/sources",
      tag,
      summary: "登记所填内容出自哪张照片的哪一项",
      description:
        "内容本身仍由 POST /filings/{id}/edits 保存；同一位置再次登记以后一次为准。照片须属于该申请并已识别。",
      params: idParams,
      body: filingSources,
      answers: { 200: z.object({ noted: z.number().int() }) },
      async command(work, { params, body }) {
        await noteSources(work, means, params.id, body.sources);
        return ok({ noted: body.sources.length });
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id/sources",
      tag,
      summary: "所填内容的出处：照片上的位置、识别的文字、与所填是否一致",
      description:
        "法院工作人员看到的证件号码、住址已遮盖；照片上的那一块见 GET /materials/{id}/reading/{field}/crop.png。",
      params: idParams,
      answers: { 200: itemsOf(sourceView) },
      async handle({ actor, params }) {
        const row = await findFilingRow(means.database, actor, params.id, { helperToo: true });
        return ok({ items: await listSources(means, actor, row) });
      },
    }),
  ];
}
