import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { presentLookup, presentNotices } from "./present.ts";
import { lookup, noticeQuery } from "./schema.ts";
import { findByPayCode, findNoticeRow, listNoticeRows } from "./store.ts";
import { idParams, lookupView, noticeListView, noticeView } from "./view.ts";

const TAG = "fee";

export function feeRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock } = means;
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
        const [view] = await presentNotices(means, actor, [await findNoticeRow(database, actor, params.id)]);
        return ok(view);
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
  ];
}
