import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import { answerPaper, PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { addInner, drawInner, listInner } from "./inner.ts";
import { addedView, idParams, innerAdding, innerView } from "./schema.ts";

const TAG = "dossier";
/** Nobody of the public, nobody of the intake desk. */
const BENCH = ["judge", "court_clerk"] as const;

export const innerPolicy: Policy = {
  "GET /cases/:id/inner-dossier": BENCH,
  "POST /cases/:id/inner-dossier": BENCH,
  "GET /inner-dossier-items/:id/content": BENCH,
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
      summary: "向副卷添加合议笔录等（仅本院法官、书记员）",
      params: idParams,
      body: innerAdding,
      answers: { 201: addedView },
      command: async (work, { params, body }) => created({ id: await addInner(work, means, params.id, body) }),
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
