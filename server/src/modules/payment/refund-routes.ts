import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { findRefund, listRefunds, presentRefunds, type RefundView } from "./present.ts";
import { problem } from "./problems.ts";
import { moveRefund, requestRefund } from "./refund.ts";
import { idParams, refundBody, refundListView, refundMove, refundQuery, refundView } from "./schema.ts";
import { settleRefundAlone } from "./settle-refund.ts";

const TAG = "payment";

export function refundRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  const presentWritten = async (work: Work, id: string): Promise<RefundView> => {
    const [view] = await presentRefunds(work.actor, [await findRefund(within(work, database), work.actor, id)]);
    return view as RefundView;
  };
  return [
    route({
      method: "POST",
      path: "/payments/:id/refunds",
      tag: TAG,
      summary: "提出退款，由另一位负责人审批",
      params: idParams,
      body: refundBody,
      answers: { 201: refundView },
      key: "required",
      async command(work, { params, body, key }) {
        const refund = await requestRefund(work, params.id, { ...body, key: key as string });
        return created(await presentWritten(work, String(refund.id)));
      },
    }),
    route({
      method: "GET",
      path: "/refunds",
      tag: TAG,
      summary: "本院退款，新的在前",
      query: refundQuery,
      answers: { 200: refundListView },
      async handle({ actor, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await listRefunds(database, actor, { state, before: cursor, limit });
        const { items, nextCursor } = page(rows, limit, ({ id }) => String(id));
        return ok({ items: await presentRefunds(actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/refunds/:id",
      tag: TAG,
      summary: "一笔退款",
      params: idParams,
      answers: { 200: refundView },
      async handle({ actor, params }) {
        const [view] = await presentRefunds(actor, [await findRefund(database, actor, params.id)]);
        return ok(view);
      },
    }),
    route({
      method: "POST",
      path: "/refunds/:id/moves",
      tag: TAG,
      summary: "审批退款（不得审批自己提出的），或重新退款",
      params: idParams,
      body: refundMove,
      answers: { 200: refundView },
      key: "required",
      limit: "costly",
      /** Before money is sent again WeChat is asked how the first attempt ended. */
      async before({ actor, params, body }) {
        if (body.action !== "retry") return { freshNumber: false };
        const row = await findRefund(database, actor, params.id);
        if (row.state !== "failed") return { freshNumber: false };
        const fact = await means.gateways.payments.findRefund(row.refundNumber);
        if (fact?.state === "processing") throw problem("refund.still_under_way");
        if (fact?.state === "succeeded") await settleRefundAlone(means, fact);
        return { freshNumber: fact?.state === "closed" };
      },
      async command(work, { params, body }, { freshNumber }) {
        const refund = await moveRefund(work, params.id, body.action, { note: body.note, freshNumber });
        return ok(await presentWritten(work, String(refund.id)));
      },
    }),
  ];
}
