import type { Actor } from "#core/actor.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { noteRead } from "./content.ts";
import { problem } from "./problems.ts";
import { askReading } from "./reading-ask.ts";
import { cutOut, loadView } from "./reading-crop.ts";
import { findReading } from "./reading-store.ts";
import { presentReading, readingParams, readingView } from "./reading-view.ts";
import { idParams } from "./schema.ts";
import { findMaterial, type MaterialRow } from "./store.ts";

const tag = "material";

export const readingPolicy: Policy = {
  "POST /materials/:id/ocr": "signed-in",
  "GET /materials/:id/reading": "signed-in",
  "GET /materials/:id/reading/:field/crop.png": "signed-in",
};

/** 文字识别: a photograph becomes fields that a person looks through and takes over. */
export function readingRoutes(means: Means): readonly AnyRoute[] {
  const { ocr } = means.gateways;
  const isRead = (material: MaterialRow) => ocr.on && material.state === "ready" && material.viewKey !== null;
  const isOwn = (actor: Actor, material: MaterialRow) => material.accountId === actor.accountId;
  return [
    route({
      method: "POST",
      path: "/materials/:id/ocr",
      tag,
      summary: "识别照片上的文字（身份证、营业执照、借条），仅供填写参考",
      description:
        "排队后由后台识别，稍后用 GET /materials/{id}/reading 读取结果；重复请求不会重复识别。只能识别印刷文字。",
      params: idParams,
      limit: "costly",
      answers: { 202: readingView },
      async command(work, { actor, params }) {
        const material = await askReading(work, means, params.id);
        const row = await findReading({ ...means, work }, material);
        return { status: 202, body: presentReading(actor, row, { isRead: true }) };
      },
    }),
    route({
      method: "GET",
      path: "/materials/:id/reading",
      tag,
      summary: "照片识别的状态和结果",
      description: "法院工作人员看到的证件号码、住址已遮盖。",
      params: idParams,
      answers: { 200: readingView },
      async handle({ actor, params, work }) {
        const { material } = await findMaterial(means, actor, params.id);
        const row = await findReading(means, material);
        if (row?.result && !isOwn(actor, material)) await work((own) => noteRead(own, material, "reading"));
        return ok(presentReading(actor, row, { isRead: isRead(material) }));
      },
    }),
    route({
      method: "GET",
      path: "/materials/:id/reading/:field/crop.png",
      tag,
      summary: "照片上读出某一项的那一块",
      params: readingParams,
      answers: { 200: "image/png" },
      async handle({ actor, params, work }) {
        const { material } = await findMaterial(means, actor, params.id);
        const result = (await findReading(means, material))?.result;
        const field = result?.fields.find(({ name }) => name === params.field);
        if (!result || !field || !material.viewKey) throw problem("material.nothing_read");
        const bytes = await cutOut(await loadView(means, material.viewKey), field.box, result.turn);
        if (!isOwn(actor, material)) await work((own) => noteRead(own, material, "crop"));
        const headers = {
          "content-type": "image/png",
          "cache-control": "private, no-store",
          "x-content-type-options": "nosniff",
        };
        return { status: 200, bytes, headers };
      },
    }),
  ];
}
