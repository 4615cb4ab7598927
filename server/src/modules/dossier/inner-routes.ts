import { type AnyRoute, created, noContent, ok, type Policy, route } from "#http/route.ts";
import { answerPaper, PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { addInner, drawInner, layDownInner, listInner, placeInner } from "./inner.ts";
import { addedView, idParams, innerAdding, innerPlacing, innerView } from "./schema.ts";

const TAG = "dossier";
/** Nobody of the public, nobody of the intake desk. */
const BENCH = ["judge", "court_clerk"] as const;

export const innerPolicy: Policy = {
  "GET /cases/:id/inner-dossier": BENCH,
  "POST /cases/:id/inner-dossier": BENCH,
  "GET /inner-dossier-items/:id/content": BENCH,
  "PUT /inner-dossier-items/:id/place": BENCH,
};

/** 副卷: for the bench of the case's own court. */
export function innerRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/cases/:id/inner-dossier",
      tag: TAG,
      summary: "副卷目录（仅本院法官、书记员）",
      params: idParams,
      answers: { 200: innerView },
      handle: async ({ actor, params }) => ok({ items: await listInner(means, actor, params.id) }),
    }),
    route({
      method: "POST",
      path: "/cases/:id/inner-dossier",
      tag: TAG,
      summary: "向副卷添加合议笔录等：写下内容，或者扫描件（仅本院法官、书记员）",
      params: idParams,
      body: innerAdding,
      answers: { 201: addedView },
      before: ({ actor, params, body }) => layDownInner(means, actor, params.id, body),
      command: async (work, { params, body }, fileKey) =>
        created({ id: await addInner(work, means, params.id, body, fileKey) }),
    }),
    route({
      method: "PUT",
      path: "/inner-dossier-items/:id/place",
      tag: TAG,
      summary: "调整副卷材料的类别和次序（仅本院法官、书记员）",
      params: idParams,
      body: innerPlacing,
      answers: { 204: null },
      async command(work, { params, body }) {
        await placeInner(work, params.id, body);
        return noContent();
      },
    }),
    route({
      method: "GET",
      path: "/inner-dossier-items/:id/content",
      tag: TAG,
      summary: "阅读副卷材料（仅本院法官、书记员）",
      params: idParams,
      limit: "costly",
      answers: { 200: PDF },
      async handle({ actor, params, work }) {
        const { pdf, title, caseId, courtCode } = await drawInner(means, actor, params.id);
        const facts = { about: `case:${caseId}`, courtCode, caseId, innerItemId: params.id };
        await work((own) => own.emit({ name: "dossier.inner_read", ...facts }));
        return answerPaper(pdf, title);
      },
    }),
  ];
}
