import { PUBLIC_ROLES, ROLE_LABELS } from "#core/actor.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, noContent, ok, type Policy, route } from "#http/route.ts";
import { describeAccounts } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { addTemplate, listDuty, listTemplates, removeTemplate, setDuty } from "./desk.ts";
import { moveThread } from "./move.ts";
import { listNotes, writeNote } from "./notes.ts";
import { presentDetail, presentThreads } from "./present.ts";
import { countUnread, noteSeen } from "./reading.ts";
import {
  caseQuestion,
  courtQuestion,
  dutyBody,
  dutyList,
  idParams,
  message,
  moving,
  noteBody,
  noteList,
  templateBody,
  templateList,
  templateView,
  threadDetail,
  threadList,
  threadQuery,
} from "./schema.ts";
import { findThread, holdThread, listThreads, placeOf } from "./store.ts";
import { BENCH } from "./workflow.ts";
import { askCourt, askInCase, writeMessage } from "./write.ts";

const tag = "contact";
const READERS = [...PUBLIC_ROLES, ...BENCH] as const;

export const contactPolicy: Policy = {
  "GET /threads": READERS,
  "POST /threads": PUBLIC_ROLES,
  "POST /cases/:id/threads": PUBLIC_ROLES,
  "GET /threads/:id": READERS,
  "POST /threads/:id/messages": READERS,
  "POST /threads/:id/moves": READERS,
  "GET /threads/:id/notes": BENCH,
  "POST /threads/:id/notes": BENCH,
  "GET /contact-templates": BENCH,
  "POST /contact-templates": ["supervisor"],
  "DELETE /contact-templates/:id": ["supervisor"],
  "GET /contact-duty": BENCH,
  "PUT /contact-duty": ["supervisor"],
};

export function contactRoutes(means: Means): readonly AnyRoute[] {
  return [...threadRoutes(means), ...courtRoutes(means)];
}

function threadRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock } = means;
  const presentWritten = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    return presentDetail(inside, work.actor, await findThread(inside.database, work.actor, id), work.at);
  };
  return [
    route({
      method: "GET",
      path: "/threads",
      tag,
      summary: "联系法官的记录（法院人员：先到期的在前；当事人：最近有留言的在前）",
      query: threadQuery,
      answers: { 200: threadList },
      async handle({ actor, query: { limit = DEFAULT_LIMIT, mine, ...filter } }) {
        const rows = await listThreads(database, actor, { ...filter, mine: mine === "true", limit });
        const { items, nextCursor } = page(rows, limit, (row) => placeOf(actor, row));
        const [shown, unread] = await Promise.all([
          presentThreads(means, actor, items, clock.now()),
          countUnread(database, actor, filter.caseId),
        ]);
        return ok({ items: shown, nextCursor, unread });
      },
    }),
    route({
      method: "POST",
      path: "/threads",
      tag,
      summary: "立案前向法院咨询（12368）",
      body: courtQuestion,
      answers: { 201: threadDetail },
      async command(work, { body }) {
        return created(await presentWritten(work, String((await askCourt(work, means, body)).id)));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/threads",
      tag,
      summary: "在案件中联系法官",
      description: "由提出的一方（本人和现任代理人）与法院阅看；其他当事人只阅看法院“告知各方”的答复。",
      params: idParams,
      body: caseQuestion,
      answers: { 201: threadDetail },
      async command(work, { params, body }) {
        return created(await presentWritten(work, String((await askInCase(work, means, params.id, body)).id)));
      },
    }),
    route({
      method: "GET",
      path: "/threads/:id",
      tag,
      summary: "一次联系的全部留言和答复",
      description: "unread 为打开以前未看的条数；打开后即记为已看。",
      params: idParams,
      answers: { 200: threadDetail },
      async handle({ actor, params, work }) {
        const row = await findThread(database, actor, params.id);
        const shown = await presentDetail(means, actor, row, clock.now());
        if (shown.unread > 0) await work((own) => noteSeen(own, row));
        return ok(shown);
      },
    }),
    route({
      method: "POST",
      path: "/threads/:id/messages",
      tag,
      summary: "留言；法院人员：答复",
      params: idParams,
      body: message,
      answers: { 201: threadDetail },
      async command(work, { actor, params, body }) {
        const toAll = body.toAll && actor.courtCode !== null;
        await writeMessage(work, means, params.id, { ...body, toAll });
        return created(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/threads/:id/moves",
      tag,
      summary: "结束、评价；法院人员：转交、上报、结束",
      key: "required",
      params: idParams,
      body: moving,
      answers: { 200: threadDetail },
      async command(work, { params, body }) {
        await moveThread(work, means, params.id, body);
        return ok(await presentWritten(work, params.id));
      },
    }),
  ];
}

function courtRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  const presentNotes = async (read: typeof database.read, id: string) => {
    const rows = await listNotes({ read }, vault, id);
    const people = await describeAccounts(rows.map(({ accountId }) => accountId));
    return {
      items: rows.map(({ id: noteId, accountId, role, body, at }) => ({
        id: noteId,
        author: people.get(accountId)?.displayName ?? "",
        roleLabel: ROLE_LABELS[role],
        body,
        at: at.toISOString(),
      })),
    };
  };
  const presentDuty = async (work: Work) => ({
    items: (await listDuty(work, means, work.actor.courtCode ?? "")).map(({ role, ...one }) => ({
      ...one,
      roleLabel: ROLE_LABELS[role],
    })),
  });
  return [
    route({
      method: "GET",
      path: "/threads/:id/notes",
      tag,
      summary: "内部备注（仅法院人员）",
      params: idParams,
      answers: { 200: noteList },
      async handle({ actor, params }) {
        const { id } = await findThread(database, actor, params.id);
        return ok(await presentNotes(database.read, id));
      },
    }),
    route({
      method: "POST",
      path: "/threads/:id/notes",
      tag,
      summary: "写内部备注（仅法院人员）",
      params: idParams,
      body: noteBody,
      answers: { 201: noteList },
      async command(work, { params, body }) {
        const thread = await holdThread(work, params.id);
        await writeNote(work, vault, thread, body.body);
        return created(await presentNotes(work.query, params.id));
      },
    }),
    route({
      method: "GET",
      path: "/contact-templates",
      tag,
      summary: "本院的答复模板",
      answers: { 200: templateList },
      async handle({ actor }) {
        return ok({ items: await listTemplates(means, actor.courtCode ?? "") });
      },
    }),
    route({
      method: "POST",
      path: "/contact-templates",
      tag,
      summary: "添加答复模板",
      body: templateBody,
      answers: { 201: templateView },
      async command(work, { body }) {
        return created(await addTemplate(work, body));
      },
    }),
    route({
      method: "DELETE",
      path: "/contact-templates/:id",
      tag,
      summary: "删除答复模板",
      params: idParams,
      answers: { 204: null },
      async command(work, { params }) {
        await removeTemplate(work, params.id);
        return noContent();
      },
    }),
    route({
      method: "GET",
      path: "/contact-duty",
      tag,
      summary: "可以承办咨询的人员，值班次序和今天是否在岗",
      answers: { 200: dutyList },
      handle: async ({ work }) => ok(await work(presentDuty)),
    }),
    route({
      method: "PUT",
      path: "/contact-duty",
      tag,
      summary: "确定值班人员和次序",
      body: dutyBody,
      answers: { 200: dutyList },
      async command(work, { body }) {
        await setDuty(work, means, body.staffIds);
        return ok(await presentDuty(work));
      },
    }),
  ];
}
