import { PUBLIC_ROLES } from "#core/actor.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import { answerPaper, PDF } from "#modules/document/index.ts";
import type { Means } from "#modules/module.ts";
import { printAnswer } from "./answer.ts";
import { askReception } from "./ask.ts";
import { listChoices } from "./book.ts";
import { moveReception } from "./move.ts";
import { presentDay, presentReception, presentReceptions } from "./present.ts";
import {
  asking,
  choicesView,
  dayList,
  dayQuery,
  idParams,
  moving,
  optionsView,
  receptionDetail,
  receptionList,
  receptionQuery,
} from "./schema.ts";
import { findReception, listDay, listReceptions, placeOf } from "./store.ts";
import { HELP } from "./words.ts";
import { COURT, DESK, PLACES, TOPICS } from "./workflow.ts";

const tag = "reception";
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

export const receptionPolicy: Policy = {
  "GET /reception-options": "public",
  "GET /receptions": READERS,
  "POST /receptions": PUBLIC_ROLES,
  "GET /receptions/day": COURT,
  "GET /receptions/:id": READERS,
  "GET /receptions/:id/choices": DESK,
  "GET /receptions/:id/answer.pdf": READERS,
  "POST /receptions/:id/moves": READERS,
};

const choicesOf = (table: Readonly<Record<string, string>>) =>
  Object.entries(table).map(([code, label]) => ({ code, label }));

export function receptionRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock } = means;
  const presentWritten = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    return presentReception(inside, work.actor, await findReception(inside.database, work.actor, id));
  };
  return [
    route({
      method: "GET",
      path: "/reception-options",
      tag,
      summary: "预约远程接访前须知，和可以选择的事项",
      answers: { 200: optionsView },
      async handle() {
        return ok({ topics: choicesOf(TOPICS), places: choicesOf(PLACES), help: [...HELP] });
      },
    }),
    route({
      method: "GET",
      path: "/receptions",
      tag,
      summary: "远程接访（法院人员：先到期的在前；来访人：本人的，新的在前）",
      query: receptionQuery,
      answers: { 200: receptionList },
      async handle({ actor, query: { limit = DEFAULT_LIMIT, ...filter } }) {
        const rows = await listReceptions(database, actor, { ...filter, limit });
        const { items, nextCursor } = page(rows, limit, placeOf);
        return ok({ items: await presentReceptions(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "POST",
      path: "/receptions",
      tag,
      summary: "预约远程接访",
      key: "required",
      body: asking,
      answers: { 201: receptionDetail },
      async command(work, { body }) {
        return created(await presentWritten(work, String((await askReception(work, means, body)).id)));
      },
    }),
    route({
      method: "GET",
      path: "/receptions/day",
      tag,
      summary: "一天的接访：谁已签到、谁在接访、下一号",
      query: dayQuery,
      answers: { 200: dayList },
      async handle({ actor, query: { date = courtDayOf(clock.now()) } }) {
        return ok({ date, items: await presentDay(means, actor, await listDay(database, actor, date)) });
      },
    }),
    route({
      method: "GET",
      path: "/receptions/:id",
      tag,
      summary: "一次接访：下一步、候访次序、材料、答复",
      params: idParams,
      answers: { 200: receptionDetail },
      async handle({ actor, params }) {
        return ok(await presentReception(means, actor, await findReception(database, actor, params.id)));
      },
    }),
    route({
      method: "GET",
      path: "/receptions/:id/choices",
      tag,
      summary: "可以安排的接访法官、记录人、上级法院法官和在线接访室",
      params: idParams,
      answers: { 200: choicesView },
      async handle({ actor, params, work }) {
        const row = await findReception(database, actor, params.id);
        return ok(await work((own) => listChoices(own, means, row)));
      },
    }),
    route({
      method: "GET",
      path: "/receptions/:id/answer.pdf",
      tag,
      summary: "答复意见书（PDF）",
      params: idParams,
      limit: "costly",
      answers: { 200: PDF },
      async handle({ actor, params }) {
        const row = await findReception(database, actor, params.id);
        return answerPaper(await printAnswer(means, row), `答复意见书 ${row.number}`);
      },
    }),
    route({
      method: "POST",
      path: "/receptions/:id/moves",
      tag,
      summary: "约定时间、改约、转送、书面答复；来访人：撤回、评价",
      description:
        "接访法官（两级法院）、记录人、来访人和接访室的时间由数据库保证不重复占用；已被占用的答复 409 hearing.taken。",
      key: "required",
      params: idParams,
      body: moving,
      answers: { 200: receptionDetail },
      async command(work, { params, body }) {
        await moveReception(work, means, params.id, body);
        return ok(await presentWritten(work, params.id));
      },
    }),
  ];
}
