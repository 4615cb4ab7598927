import type { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { DEFAULT_LIMIT, itemsOf, page } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { problem as http } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type Answer, type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { readClock } from "./clock.ts";
import { editContent, openDraft, replaceContent } from "./draft.ts";
import { textAt } from "./masked.ts";
import { precheck } from "./precheck.ts";
import { listCorrections, listDocuments, presentFiling, presentSummaries } from "./present.ts";
import { problem } from "./problems.ts";
import { listSteps } from "./read.ts";
import { filingEdits, filingMove, filingOpening, filingQuery, filingReplacement, revealing } from "./schema.ts";
import { findFilingRow, holdFiling, listClockEvents, listFilingRows, openContent } from "./store.ts";
import { submitFiling, withdrawFiling } from "./submit.ts";
import {
  clockView,
  correctionView,
  documentView,
  editedView,
  filingListView,
  filingView,
  idParams,
  precheckView,
  revealedView,
  stepView,
} from "./view.ts";

const TAG = "filing";

export function filingRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock, vault } = means;
  /** What was just written, read from inside the work. */
  const presentWritten = (work: Work, { id }: { id: string }) =>
    presentFiling({ ...means, database: within(work, database) }, work.actor, id);
  const rowOf = (actor: Actor, id: string) => findFilingRow(database, actor, id);
  return [
    route({
      method: "POST",
      path: "/filings",
      tag: TAG,
      summary: "新建立案草稿",
      body: filingOpening,
      answers: { 201: filingView },
      async command(work, { body }) {
        return created(await presentWritten(work, await openDraft(work, means, body)));
      },
    }),
    route({
      method: "GET",
      path: "/filings",
      tag: TAG,
      summary: "我的立案申请（法院工作人员：本院收到的申请）",
      query: filingQuery,
      answers: { 200: filingListView },
      async handle({ actor, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await listFilingRows(database, actor, { state, before: beforeOf(cursor), limit });
        const { items, nextCursor } = page(rows, limit, ({ id }) => id);
        return ok({ items: await presentSummaries(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id",
      tag: TAG,
      summary: "查看立案申请",
      params: idParams,
      answers: { 200: filingView },
      async handle({ actor, params }) {
        const filing = await presentFiling(means, actor, params.id);
        return { ...ok(filing), headers: { etag: `"${filing.version}"` } };
      },
    }),
    route({
      method: "PUT",
      path: "/filings/:id",
      tag: TAG,
      summary: "保存全部内容",
      ifMatch: true,
      params: idParams,
      body: filingReplacement,
      answers: { 200: filingView },
      async command(work, { params, body, ifMatch }) {
        return ok(await presentWritten(work, await replaceContent(work, means, params.id, ifMatch, body.content)));
      },
    }),
    route({
      method: "POST",
      path: "/filings/:id/edits",
      tag: TAG,
      summary: "逐项保存修改，与其他设备的修改合并",
      description:
        "各处修改互不影响；同一处被改成不同的值时返回 409，conflicts 列出对方的值，全部不保存。格式不对的修改单独列在 refused 中，其余照常保存。",
      params: idParams,
      body: filingEdits,
      answers: { 200: editedView },
      async command(work, { params, body }) {
        const edits = body.edits.map(({ path, value, baseVersion }) => ({ path, value, baseVersion }));
        const { filing, content, applied, refused } = await editContent(work, means, params.id, edits);
        return ok({ version: filing.version, content, applied, refused });
      },
    }),
    route({
      method: "POST",
      path: "/filings/:id/precheck",
      tag: TAG,
      summary: "提交前检查（与立案人员使用同一套规则）",
      params: idParams,
      answers: { 200: precheckView },
      async handle({ actor, params }) {
        const row = await findFilingRow(database, actor, params.id, { helperToo: true });
        const { findings, completeness } = await precheck(means, row, openContent(vault, row).content, actor);
        return ok({ findings, completeness });
      },
    }),
    route({
      method: "POST",
      path: "/filings/:id/moves",
      tag: TAG,
      summary: "提交或撤回",
      key: (body: z.infer<typeof filingMove>) => body.action === "submit",
      params: idParams,
      body: filingMove,
      answers: { 200: filingView },
      async command(work, { params, body }) {
        const filing =
          body.action === "submit"
            ? await submitFiling(work, means, params.id)
            : await withdrawFiling(work, means, params.id, body.note ?? "");
        return ok(await presentWritten(work, filing));
      },
    }),
    route({
      method: "GET",
      path: "/filings/:id/clock",
      tag: TAG,
      summary: "法定审查期限",
      params: idParams,
      answers: { 200: clockView },
      async handle({ actor, params }) {
        const { id } = await rowOf(actor, params.id);
        const events = (await listClockEvents(database, [id])).get(id) ?? [];
        const view = readClock(events, courtDayOf(clock.now()));
        return ok(view ?? NOT_STARTED);
      },
    }),
    reading("steps", "办理经过", stepView, listSteps),
    reading("corrections", "补正告知", correctionView, listCorrections),
    reading("documents", "文书", documentView, listDocuments),
    route({
      method: "POST",
      path: "/filings/:id/reveal",
      tag: TAG,
      summary: "查看一处个人信息的原文（须写明理由，记入审计）",
      params: idParams,
      body: revealing,
      answers: { 200: revealedView },
      async command(work, { params, body: { pointer, reason } }) {
        const filing = await holdFiling(work, params.id);
        const value = textAt(openContent(vault, filing).content, pointer);
        if (value === null) throw problem("filing.nothing_there");
        await work.emit({
          name: "filing.revealed",
          about: `filing:${filing.id}`,
          courtCode: filing.courtCode,
          filingId: filing.id,
          pointer,
          reason,
        });
        return ok({ pointer, value });
      },
    }),
  ];

  function reading<T extends z.ZodType>(
    name: string,
    summary: string,
    item: T,
    list: (means: Means, row: Awaited<ReturnType<typeof rowOf>>) => Promise<unknown[]>,
  ): AnyRoute {
    return route({
      method: "GET",
      path: `/filings/:id/${name}`,
      tag: TAG,
      summary,
      params: idParams,
      answers: { 200: itemsOf(item) },
      handle: async ({ actor, params }): Promise<Answer> =>
        ok({ items: await list(means, await rowOf(actor, params.id)) }),
    });
  }
}

const NOT_STARTED = {
  state: { code: "stopped", label: "尚未开始" },
  startedOn: null,
  dueOn: null,
  nominalDueOn: null,
  provisional: false,
  daysLeft: null,
  basis: "民事诉讼法第一百二十六条",
  explanation: "提交以后开始计算：法院收到起诉材料的次日起 7 日内作出决定。",
  segments: [],
};

function beforeOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  if (!/^[1-9]\d{0,19}$/.test(cursor))
    throw http("request.invalid", {
      detail: "翻页标记无效，请从第一页重新查看。",
      errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效" }],
    });
  return cursor;
}
