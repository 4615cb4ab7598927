import { type Actor, isStaff, PUBLIC_ROLES, type Role } from "#core/actor.ts";
import { DEFAULT_LIMIT, isDay, page } from "#core/fields.ts";
import { problem as common } from "#core/problem.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { acknowledgeChanges } from "./acknowledge.ts";
import { markObligation } from "./mark.ts";
import { type CasePeriods, findPeriods } from "./periods.ts";
import { presentChanges, presentObligations } from "./present.ts";
import { problem } from "./problems.ts";
import {
  type ChangeCursor,
  countWaiting,
  findOwnObligation,
  listChangeRows,
  listCourtObligations,
  listOwnObligations,
  type ObligationFilter,
} from "./read.ts";
import { PRESERVATIONS } from "./rules.ts";
import {
  acknowledgedView,
  acknowledging,
  changeQuery,
  changesView,
  idParams,
  obligationMoving,
  obligationQuery,
  obligationsView,
  obligationView,
  periodsBody,
  periodsView,
} from "./schema.ts";
import { settlePeriods } from "./settle.ts";

const TAG = "desk";
const COURT = ["clerk", "supervisor", "judge", "court_clerk"] as const;
const READERS = [...PUBLIC_ROLES, ...COURT] as const;
/** Who settles what the periods of a case depend on. */
const SETTLERS: readonly Role[] = ["judge", "court_clerk", "supervisor"];

export const deskPolicy: Policy = {
  "GET /changes": PUBLIC_ROLES,
  "POST /changes/acknowledge": PUBLIC_ROLES,
  "GET /obligations": READERS,
  "POST /obligations/:id/moves": PUBLIC_ROLES,
  "GET /me/webhooks": PUBLIC_ROLES,
  "POST /me/webhooks": PUBLIC_ROLES,
  "DELETE /me/webhooks/:id": PUBLIC_ROLES,
  "POST /me/webhooks/:id/moves": PUBLIC_ROLES,
  "POST /me/webhooks/:id/secret": PUBLIC_ROLES,
  "GET /me/webhooks/:id/deliveries": PUBLIC_ROLES,
  "GET /cases/:id/periods": READERS,
  "PUT /cases/:id/periods": SETTLERS,
};

/** 办案台: what has changed, what is to be done by when, and what the periods of a case depend on. */
export function deskRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  return [
    route({
      method: "GET",
      path: "/changes",
      tag: TAG,
      scope: "changes:read",
      summary: "我参加的案件有什么变动（未阅的在前，最近的在前）",
      query: changeQuery,
      answers: { 200: changesView },
      async handle({ actor, query: { since, caseId, acknowledged, cursor, limit = DEFAULT_LIMIT } }) {
        const filter = {
          caseId,
          acknowledged,
          limit,
          since: since ? new Date(since) : undefined,
          cursor: cursor ? readChangeCursor(cursor) : undefined,
        };
        const rows = await listChangeRows(database, actor, filter);
        // All that wait are on this page already where it goes beyond them: then nobody is asked to count them.
        const beyond = rows.length <= limit || Number(rows.at(-1)?.acknowledged) === 1;
        const seen = beyond && !since && !caseId && !acknowledged;
        const waiting = cursor
          ? null
          : seen
            ? rows.filter((row) => Number(row.acknowledged) === 0).length
            : await countWaiting(database, actor);
        const { items, nextCursor } = page(
          rows,
          limit,
          (row) => `${Number(row.acknowledged)}-${row.at.getTime()}-${row.id}`,
        );
        return ok({ items: await presentChanges(means, actor, items), nextCursor, waiting });
      },
    }),
    route({
      method: "POST",
      path: "/changes/acknowledge",
      tag: TAG,
      summary: "标为已阅：选中的几条，或者某一条以前的全部",
      body: acknowledging,
      answers: { 200: acknowledgedView },
      command: async (work, { body }) => ok({ acknowledged: await acknowledgeChanges(work, body) }),
    }),
    route({
      method: "GET",
      path: "/obligations",
      tag: TAG,
      scope: "obligations:read",
      summary: "待办事项，按最后一日排列；每一项说明期限从何而来",
      query: obligationQuery,
      answers: { 200: obligationsView },
      async handle({ actor, query: { until, caseId, state = "open", cursor, limit = DEFAULT_LIMIT } }) {
        const filter = {
          state,
          until,
          caseId,
          limit,
          cursor: cursor ? readObligationCursor(cursor) : undefined,
        };
        const rows = await obligationsFor(means, actor, filter);
        const { items, nextCursor } = page(rows, limit, ({ dueOn, id }) => `${dueOn}_${id}`);
        return ok({ items: await presentObligations(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "POST",
      path: "/obligations/:id/moves",
      tag: TAG,
      summary: "把线下办好的事项标为已办，或者改回待办",
      params: idParams,
      body: obligationMoving,
      answers: { 200: obligationView },
      async command(work, { params, body }) {
        await markObligation(work, params.id, body.action);
        const inside = { ...means, database: within(work, database) };
        const row = await findOwnObligation(inside.database, work.actor, params.id);
        if (!row) throw problem("obligation.not_found");
        const [view] = await presentObligations(inside, work.actor, [row]);
        return ok(view);
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/periods",
      tag: TAG,
      summary: "本案期间的事实：举证期限、涉外住所、裁判生效、保全起算",
      params: idParams,
      answers: { 200: periodsView },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        return ok(presentPeriods(actor, await findPeriods({ query: database.read }, row.id)));
      },
    }),
    route({
      method: "PUT",
      path: "/cases/:id/periods",
      tag: TAG,
      summary: "登记本案期间的事实；相关期限随即重新计算并告知各方",
      ifMatch: true,
      params: idParams,
      body: periodsBody,
      answers: { 200: periodsView },
      async command(work, { params, body, ifMatch }) {
        return ok(presentPeriods(work.actor, await settlePeriods(work, vault, params.id, body, ifMatch)));
      },
    }),
  ];
}

function obligationsFor({ database }: Means, actor: Actor, filter: ObligationFilter) {
  return isStaff(actor)
    ? listCourtObligations(database, actor.courtCode ?? "", filter)
    : listOwnObligations(database, actor, filter);
}

const presentPeriods = (actor: Actor, periods: CasePeriods) => ({
  ...periods,
  moves: SETTLERS.includes(actor.role) ? [{ action: "settle", label: periods.version > 0 ? "变更" : "登记" }] : [],
  preservations: periods.preservations.map((one) => ({ ...one, label: PRESERVATIONS[one.kind].label })),
});

const badCursor = () =>
  common("request.invalid", {
    errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效，请从第一页重新查看" }],
  });

function readChangeCursor(cursor: string): ChangeCursor {
  const [, acknowledged, at, id] = /^([01])-(\d{1,14})-([1-9]\d{0,18})$/.exec(cursor) ?? [];
  if (!acknowledged || !at || !id) throw badCursor();
  return { acknowledged: acknowledged === "1" ? 1 : 0, at: Number(at), id };
}

function readObligationCursor(cursor: string): { dueOn: string; id: string } {
  const [, dueOn = "", id] = /^(\d{4}-\d{2}-\d{2})_([1-9]\d{0,18})$/.exec(cursor) ?? [];
  if (!id || !isDay(dueOn)) throw badCursor();
  return { dueOn, id };
}
