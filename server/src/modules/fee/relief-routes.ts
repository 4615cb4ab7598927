import type { Actor } from "#core/actor.ts";
import { DEFAULT_LIMIT, itemsOf, page } from "#core/fields.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { listReliefGrounds, RELIEF_KINDS } from "#modules/reference/index.ts";
import type { FeeNotice, FeeRelief } from "./model.ts";
import { rehearse } from "./rehearse.ts";
import { requestRelief, withdrawRelief } from "./relief.ts";
import { grantRelief, refuseRelief } from "./relief-decide.ts";
import { presentReliefs } from "./relief-present.ts";
import { findReliefRow, holdRelief, listReliefRows, type ReliefRow } from "./relief-store.ts";
import { type ReliefMove, reliefMove, reliefPreview, reliefQuery, reliefRequest } from "./schema.ts";
import { noticesById } from "./store.ts";
import { groundView, idParams, previewView, reliefListView, reliefView } from "./view.ts";

const TAG = "fee";

export function reliefRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  const present = async (from: Means, actor: Actor, rows: readonly ReliefRow[]) =>
    presentReliefs(from, actor, rows, await noticesById(from.database, [...new Set(rows.map((row) => row.noticeId))]));
  const presentOne = async (from: Means, actor: Actor, id: string) =>
    (await present(from, actor, [await findReliefRow(from.database, actor, id)]))[0];
  const presentWritten = (work: Work, id: string) =>
    presentOne({ ...means, database: within(work, database) }, work.actor, id);
  return [
    route({
      method: "POST",
      path: "/fee-notices/:id/relief",
      tag: TAG,
      summary: "申请缓交、减交、免交（司法救助）",
      description: "审查期间不计入交费期限；免交只适用于自然人。",
      key: "required",
      params: idParams,
      body: reliefRequest,
      answers: { 201: reliefView },
      async command(work, { params, body }) {
        const { id } = await requestRelief(work, means, params.id, body);
        return created(await presentWritten(work, String(id)));
      },
    }),
    route({
      method: "GET",
      path: "/fee-reliefs",
      tag: TAG,
      summary: "救助申请：我的（法院工作人员：本院的）",
      query: reliefQuery,
      answers: { 200: reliefListView },
      async handle({ actor, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        const rows = await listReliefRows(database, actor, { state, before: cursor, limit });
        const { items, nextCursor } = page(rows, limit, ({ id }) => id);
        return ok({ items: await present(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/fee-reliefs/:id",
      tag: TAG,
      summary: "救助申请详情",
      params: idParams,
      answers: { 200: reliefView },
      async handle({ actor, params }) {
        return ok(await presentOne(means, actor, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/fee-reliefs/:id/moves",
      tag: TAG,
      summary: "决定或者撤回救助申请",
      key: "required",
      params: idParams,
      body: reliefMove,
      answers: { 200: reliefView },
      async command(work, { params, body }) {
        const { relief, notice } = await holdRelief(work, params.id);
        await move(work, relief, notice, body);
        return ok(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/fee-reliefs/:id/preview",
      tag: TAG,
      summary: "救助决定书（只预览，不作决定）",
      params: idParams,
      body: reliefPreview,
      answers: { 200: previewView },
      async handle({ params, body, work }) {
        const decided = rehearse(means, work, async (own) => {
          const { relief, notice } = await holdRelief(own, params.id);
          await move(own, relief, notice, body);
          return notice;
        });
        return ok(await decided);
      },
    }),
    route({
      method: "GET",
      path: "/relief-grounds",
      tag: TAG,
      summary: "可以缓交、减交、免交的情形",
      answers: { 200: itemsOf(groundView) },
      async handle() {
        const items = listReliefGrounds().map(({ code, kind, title, article, papers }) => ({
          code,
          kind: { code: kind, label: RELIEF_KINDS[kind] },
          title,
          basis: article,
          papers,
          naturalOnly: kind === "exempt",
        }));
        return ok({ items });
      },
    }),
  ];

  function move(work: Work, relief: FeeRelief, notice: FeeNotice, body: ReliefMove): Promise<void> {
    switch (body.action) {
      case "grant":
        return grantRelief(work, means, relief, notice, body);
      case "refuse":
        return refuseRelief(work, means, relief, notice, body.reason);
      case "withdraw":
        return withdrawRelief(work, means, relief, notice);
    }
  }
}
