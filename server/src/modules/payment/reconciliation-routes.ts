import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { listAlarms, resolveAlarm } from "./alarms.ts";
import { presentAlarm } from "./present.ts";
import { problem } from "./problems.ts";
import { lastBilledDay, reconcile } from "./reconcile.ts";
import { explainDifference, findReconciliation, listReconciliations } from "./reconciliation-list.ts";
import {
  alarmListView,
  alarmMove,
  alarmQuery,
  alarmView,
  dayParams,
  differenceMove,
  differenceView,
  idParams,
  reconciliationBody,
  reconciliationListView,
  reconciliationQuery,
  reconciliationView,
} from "./schema.ts";

const TAG = "payment";

export function reconciliationRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock } = means;
  return [
    route({
      method: "POST",
      path: "/reconciliations",
      tag: TAG,
      summary: "对某一天的账（可重复进行）",
      body: reconciliationBody,
      answers: { 200: reconciliationView },
      limit: "costly",
      async before({ body: { day } }) {
        if (day > lastBilledDay(clock.now())) throw problem("reconciliation.too_early");
        await reconcile(means, day);
      },
      command: async (work, { body }) => ok(await findReconciliation(within(work, database), work.actor, body.day)),
    }),
    route({
      method: "GET",
      path: "/reconciliations",
      tag: TAG,
      summary: "每日对账结果，新的在前（金额为商户号下各法院合计）",
      query: reconciliationQuery,
      answers: { 200: reconciliationListView },
      async handle({ actor, query: { cursor, limit = DEFAULT_LIMIT } }) {
        const days = await listReconciliations(database, actor, { before: cursor, limit });
        return ok(page(days, limit, ({ day }) => day));
      },
    }),
    route({
      method: "GET",
      path: "/reconciliations/:day",
      tag: TAG,
      summary: "某一天的对账结果与差异",
      params: dayParams,
      answers: { 200: reconciliationView },
      handle: async ({ actor, params }) => ok(await findReconciliation(database, actor, params.day)),
    }),
    route({
      method: "POST",
      path: "/reconciliation-differences/:id/moves",
      tag: TAG,
      summary: "写明一条差异的处理结果",
      params: idParams,
      body: differenceMove,
      answers: { 200: differenceView },
      key: "required",
      command: async (work, { params, body }) => ok(await explainDifference(work, params.id, body.note)),
    }),
    route({
      method: "GET",
      path: "/payment-alarms",
      tag: TAG,
      summary: "支付异常与处理建议，新的在前",
      query: alarmQuery,
      answers: { 200: alarmListView },
      async handle({ actor, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        const open = state === undefined ? undefined : state === "open";
        const { items, nextCursor } = page(
          await listAlarms(database, actor, { open, before: cursor, limit }),
          limit,
          ({ id }) => String(id),
        );
        return ok({ items: items.map(presentAlarm), nextCursor });
      },
    }),
    route({
      method: "POST",
      path: "/payment-alarms/:id/moves",
      tag: TAG,
      summary: "写明一条异常的处理结果",
      params: idParams,
      body: alarmMove,
      answers: { 200: alarmView },
      key: "required",
      command: async (work, { params, body }) => ok(presentAlarm(await resolveAlarm(work, params.id, body.note))),
    }),
  ];
}
