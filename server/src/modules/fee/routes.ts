import type { Actor } from "#core/actor.ts";
import { DEFAULT_LIMIT, itemsOf, page } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import { answerPaper, PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { changeFee, closeNotice, deemWithdrawn } from "./change.ts";
import { issueFurther } from "./further.ts";
import type { FeeNotice } from "./model.ts";
import { printBill, printDocument, printNotice } from "./papers.ts";
import { listDocuments, presentLookup, presentNotices } from "./present.ts";
import { rehearse } from "./rehearse.ts";
import { reliefRoutes } from "./relief-routes.ts";
import { furtherNotice, lookup, type NoticeMove, noticeMove, noticePreview, noticeQuery } from "./schema.ts";
import { serveNotice } from "./serve.ts";
import { findByPayCode, findNoticeRow, holdVisible, listNoticeRows } from "./store.ts";
import { documentParams, documentView, idParams, lookupView, noticeListView, noticeView, previewView } from "./view.ts";

const TAG = "fee";

export function feeRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock } = means;
  const presentOne = async (from: Means, actor: Actor, id: string) =>
    (await presentNotices(from, actor, [await findNoticeRow(from.database, actor, id)]))[0];
  /** What was just written, read from inside the work. */
  const presentWritten = (work: Work, { id }: FeeNotice) =>
    presentOne({ ...means, database: within(work, database) }, work.actor, String(id));
  return [
    route({
      method: "GET",
      path: "/fee-notices",
      tag: TAG,
      summary: "交费通知：我的（法院工作人员：本院的）",
      query: noticeQuery,
      answers: { 200: noticeListView },
      async handle({ actor, query: { cursor, limit = DEFAULT_LIMIT, ...filter } }) {
        const now = clock.now();
        const asked = { ...filter, before: cursor, limit, now, today: courtDayOf(now) };
        const { items, nextCursor } = page(await listNoticeRows(database, actor, asked), limit, ({ id }) => id);
        return ok({ items: await presentNotices(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/fee-notices/:id",
      tag: TAG,
      summary: "交费通知详情",
      params: idParams,
      answers: { 200: noticeView },
      async handle({ actor, params }) {
        return ok(await presentOne(means, actor, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/fee-notices/lookup",
      tag: TAG,
      summary: "凭缴款码查找交费通知（代他人交费）",
      body: lookup,
      limit: "sign-in",
      answers: { 200: lookupView },
      async handle({ body }) {
        return ok(await presentLookup(means, await findByPayCode(database, body.payCode)));
      },
    }),
    route({
      method: "POST",
      path: "/fee-notices/:id/moves",
      tag: TAG,
      summary: "登记送达、变更费用、按撤诉处理、撤销交费通知",
      description: "变更须写明全部计费事实；多交的自动退还，少交的重新计算 7 日。",
      key: "required",
      params: idParams,
      body: noticeMove,
      answers: { 200: noticeView },
      async command(work, { params, body }) {
        const notice = await holdVisible(work, params.id);
        await move(work, notice, body);
        return ok(await presentWritten(work, notice));
      },
    }),
    route({
      method: "GET",
      path: "/fee-notices/:id/documents",
      tag: TAG,
      summary: "交费通知书、补交通知书、救助决定书的内容",
      params: idParams,
      answers: { 200: itemsOf(documentView) },
      async handle({ actor, params }) {
        return ok({ items: await listDocuments(means, await findNoticeRow(database, actor, params.id)) });
      },
    }),
    route({
      method: "POST",
      path: "/fee-notices/:id/preview",
      tag: TAG,
      summary: "按撤诉处理裁定书（只预览，不作决定）",
      params: idParams,
      body: noticePreview,
      answers: { 200: previewView },
      async handle({ params, body, work }) {
        const decided = rehearse(means, work, async (own) => {
          const notice = await holdVisible(own, params.id);
          await move(own, notice, body);
          return notice;
        });
        return ok(await decided);
      },
    }),
    route({
      method: "GET",
      path: "/fee-notices/:id/documents/:documentId.pdf",
      tag: TAG,
      summary: "补交通知书、救助决定书、按撤诉处理裁定书（PDF）",
      params: documentParams,
      answers: { 200: PDF },
      async handle({ actor, params }) {
        const row = await findNoticeRow(database, actor, params.id);
        const { title, bytes } = await printDocument(means, row, params.documentId);
        return answerPaper(bytes, `${title} ${row.number}`);
      },
    }),
    printing("notice.pdf", "交费通知书（PDF）", printNotice),
    printing("bill.pdf", "诉讼费收款凭证（PDF）：收据、大写金额、核验二维码", printBill),
    route({
      method: "POST",
      path: "/cases/:id/fee-notices",
      tag: TAG,
      summary: "另发交费通知：反诉、第三人请求、上诉、保全等",
      key: "required",
      params: idParams,
      body: furtherNotice,
      answers: { 201: noticeView },
      async command(work, { params, body }) {
        return created(await presentWritten(work, await issueFurther(work, means, params.id, body)));
      },
    }),
    ...reliefRoutes(means),
  ];

  function printing(name: string, summary: string, print: typeof printNotice): AnyRoute {
    return route({
      method: "GET",
      path: `/fee-notices/:id/${name}`,
      tag: TAG,
      summary,
      params: idParams,
      answers: { 200: "application/pdf" },
      async handle({ actor, params }) {
        const row = await findNoticeRow(database, actor, params.id);
        const bytes = await print(means, row);
        const headers = {
          "content-type": "application/pdf",
          "content-disposition": `inline; filename="${row.id}-${name}"`,
        };
        return { status: 200, bytes, headers };
      },
    });
  }

  function move(work: Work, notice: FeeNotice, body: NoticeMove): Promise<void> {
    switch (body.action) {
      case "serve":
        return serveNotice(work, means, notice, givenOf(body.input));
      case "change":
        return changeFee(work, means, notice, body);
      case "deem_withdrawn":
        return deemWithdrawn(work, means, notice, body.note ?? "");
      case "close":
        return closeNotice(work, means, notice, body.note);
    }
  }
}

/** Without the fields that were left out: each way of service takes its own only. */
function givenOf({ mode, ...fields }: Extract<NoticeMove, { action: "serve" }>["input"]) {
  return { mode, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}
