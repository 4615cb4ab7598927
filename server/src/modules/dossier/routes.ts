import { type Actor, PUBLIC_ROLES } from "#core/actor.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import { findCaseRow } from "#modules/case/index.ts";
import { answerPaper, countPages, PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { bindDossier } from "./book.ts";
import { presentDossier, presentReadings, presentRequests } from "./catalogue.ts";
import { enterByCourt, layDown } from "./court-paper.ts";
import { drawPages, findReadable, findStanding, noteReading } from "./reading.ts";
import { askToRead, listRequests, moveRequest } from "./request.ts";
import {
  addedView,
  adding,
  asking,
  contentQuery,
  dossierView,
  idParams,
  readingsQuery,
  readingsView,
  requestMoving,
  requestsQuery,
  requestsView,
  requestView,
  searchQuery,
  searchView,
} from "./schema.ts";
import { searchDossier } from "./search.ts";
import { openWord } from "./store.ts";

export const TAG = "dossier";
const COURT = ["clerk", "supervisor", "judge", "court_clerk"] as const;
const BENCH = ["supervisor", "judge", "court_clerk"] as const;
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

export const dossierPolicy: Policy = {
  "GET /cases/:id/dossier": READERS,
  "GET /cases/:id/dossier.pdf": READERS,
  "GET /cases/:id/dossier/search": READERS,
  "GET /cases/:id/dossier/readings": READERS,
  "POST /cases/:id/dossier-items": ["judge", "court_clerk"],
  "GET /dossier-items/:id/content": READERS,
  "POST /cases/:id/dossier-requests": PUBLIC_ROLES,
  "GET /cases/:id/dossier-requests": READERS,
  "GET /dossier-requests": BENCH,
  "POST /dossier-requests/:id/moves": [...PUBLIC_ROLES, ...BENCH],
};

export function dossierRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  const requestsOf = async (actor: Actor, which: Parameters<typeof listRequests>[2]) =>
    presentRequests(means, actor, await listRequests(database, actor, which));
  return [
    route({
      method: "GET",
      path: "/cases/:id/dossier",
      tag: TAG,
      summary: "电子卷宗（正卷）目录：按立卷次序，含页数和上次阅卷以后新增的材料",
      params: idParams,
      answers: { 200: dossierView },
      handle: async ({ actor, params }) => ok(await presentDossier(means, actor, params.id)),
    }),
    route({
      method: "GET",
      path: "/cases/:id/dossier.pdf",
      tag: TAG,
      summary: "正卷全卷：目录和全部材料，逐页编号并加水印",
      params: idParams,
      limit: "costly",
      answers: { 200: PDF },
      async handle({ actor, params, work }) {
        const { courtCase, standing } = await findStanding(means, actor, params.id);
        const pdf = await bindDossier(means, actor, courtCase, standing);
        const to = await countPages(pdf);
        await work((own) => noteReading(own, { courtCase, itemId: null, from: 1, to, pdf }));
        return answerPaper(pdf, `${courtCase.number} 正卷`);
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/dossier/search",
      tag: TAG,
      summary: "在可以阅读的卷宗材料中查找文字",
      params: idParams,
      query: searchQuery,
      limit: "costly",
      answers: { 200: searchView },
      async handle({ actor, params, query }) {
        const { courtCase, standing } = await findStanding(means, actor, params.id);
        return ok(await searchDossier(means, actor, standing, courtCase.id, query.query));
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/dossier/readings",
      tag: TAG,
      summary: "阅卷记录：法院看全部，当事人看自己的",
      params: idParams,
      query: readingsQuery,
      answers: { 200: readingsView },
      async handle({ actor, params, query: { cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await presentReadings(means, actor, params.id, { before: cursor, limit });
        return ok(page(rows, limit, ({ id }) => id));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/dossier-items",
      tag: TAG,
      summary: "法院向正卷添加材料（笔录、通知等）：写下内容，或者扫描件",
      params: idParams,
      body: adding,
      answers: { 201: addedView },
      before: ({ actor, params, body }) => layDown(means, actor, params.id, body),
      async command(work, { params, body }, kept) {
        return created({ id: await enterByCourt(work, means, params.id, body, kept) });
      },
    }),
    route({
      method: "GET",
      path: "/dossier-items/:id/content",
      tag: TAG,
      summary: "阅读一件卷宗材料：PDF，每页有阅卷人、时间和案号水印",
      description: "可以只取一段页码（from、to）。每次阅读都记入阅卷记录。",
      params: idParams,
      query: contentQuery,
      limit: "costly",
      answers: { 200: PDF },
      async handle({ actor, params, query: { from = 1, to }, work }) {
        const { row, courtCase } = await findReadable(means, actor, params.id);
        const drawn = await drawPages(means, actor, row, courtCase, { from, to: to ?? 100_000 });
        await work((own) => noteReading(own, { courtCase, itemId: row.id, ...drawn }));
        return answerPaper(drawn.pdf, openWord(vault, row, "title", row.title));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/dossier-requests",
      tag: TAG,
      summary: "申请阅卷",
      params: idParams,
      body: asking,
      answers: { 201: requestView },
      async command(work, { params, body }) {
        const id = await askToRead(work, means, params.id, body.purpose);
        const rows = await listRequests(within(work, database), work.actor, { caseId: params.id });
        const [view] = await presentRequests(
          means,
          work.actor,
          rows.filter((row) => row.id === id),
        );
        return created(view);
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/dossier-requests",
      tag: TAG,
      summary: "本案的阅卷申请：法院看全部，当事人看自己的",
      params: idParams,
      answers: { 200: requestsView },
      async handle({ actor, params }) {
        const { id } = await findCaseRow(database, actor, params.id);
        return ok({ items: await requestsOf(actor, { caseId: id }) });
      },
    }),
    route({
      method: "GET",
      path: "/dossier-requests",
      tag: TAG,
      summary: "等待本院答复的阅卷申请",
      query: requestsQuery,
      answers: { 200: requestsView },
      handle: async ({ actor, query: { state = "asked" } }) => ok({ items: await requestsOf(actor, { state }) }),
    }),
    route({
      method: "POST",
      path: "/dossier-requests/:id/moves",
      tag: TAG,
      summary: "同意、不同意、终止或者撤回阅卷申请",
      params: idParams,
      body: requestMoving,
      key: "required",
      answers: { 200: requestView },
      async command(work, { params, body }) {
        const caseId = await moveRequest(work, means, params.id, body);
        const rows = await listRequests(within(work, database), work.actor, { caseId });
        const [view] = await presentRequests(
          means,
          work.actor,
          rows.filter(({ id }) => id === params.id),
        );
        return ok(view);
      },
    }),
  ];
}
