import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { addDays } from "#core/period.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, created, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { scheduleHearing } from "./fix.ts";
import { presentHearing, presentHearings } from "./present.ts";
import { hearingDetail, hearingList, hearingQuery, idParams, scheduling } from "./schema.ts";
import { findHearing, listHearings, placeOf } from "./store.ts";

const tag = "hearing";

export function hearingRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  return [
    route({
      method: "GET",
      path: "/hearings",
      tag,
      summary: "开庭排期，按时间先后",
      query: hearingQuery,
      answers: { 200: hearingList },
      async handle({ actor, query: { from, to, courtroomId, mine, limit = DEFAULT_LIMIT, ...filter } }) {
        const rows = await listHearings(database, actor, {
          ...filter,
          from: from ? beginOf(from) : undefined,
          until: to ? beginOf(addDays(to, 1)) : undefined,
          roomId: courtroomId,
          mine: mine === "true",
          limit,
        });
        const { items, nextCursor } = page(rows, limit, placeOf);
        return ok({ items: await presentHearings(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/hearings/:id",
      tag,
      summary: "一次开庭：时间、地点、参加人、备选时间",
      params: idParams,
      answers: { 200: hearingDetail },
      async handle({ actor, params }) {
        return ok(await presentHearing(means, actor, await findHearing(database, actor, params.id)));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/hearings",
      tag,
      summary: "安排开庭：确定时间，或者提供备选时间由当事人选择",
      description: "审判人员、法庭和参加人的时间由数据库保证不重复占用；已被占用的答复 409 hearing.taken。",
      key: "required",
      params: idParams,
      body: scheduling,
      answers: { 201: hearingDetail },
      async command(work, { actor, params, body }) {
        const { id } = await scheduleHearing(work, means, params.id, body);
        const inside = { ...means, database: within(work, database) };
        return created(await presentHearing(inside, actor, await findHearing(inside.database, actor, String(id))));
      },
    }),
  ];
}

/** The first moment of a court day. */
export const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
