import { PUBLIC_ROLES } from "#core/actor.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import { deviceOf, tokensOf } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { askQuestioning } from "./ask.ts";
import { listChoices } from "./choices.ts";
import { makeLink, openLink } from "./link.ts";
import { moveQuestioning } from "./move.ts";
import { presentQuestioning, presentQuestionings } from "./present.ts";
import {
  asking,
  choicesView,
  dayList,
  dayQuery,
  idParams,
  linking,
  linkView,
  moving,
  opened,
  opening,
  questioningDetail,
  questioningList,
  questioningQuery,
} from "./schema.ts";
import { findQuestioning, listDay, listQuestionings, placeOf } from "./store.ts";
import { COURT } from "./workflow.ts";

const tag = "questioning";
const READERS = [...PUBLIC_ROLES, ...COURT, "officer"] as const;

export const questioningPolicy: Policy = {
  "GET /cases/:id/questioning-choices": COURT,
  "POST /cases/:id/questionings": COURT,
  "GET /questionings": [...PUBLIC_ROLES, ...COURT],
  "GET /questionings/day": COURT,
  "GET /questionings/:id": READERS,
  "POST /questionings/:id/moves": [...COURT, "officer"],
  "POST /questionings/:id/links": COURT,
  "POST /questioning-links/open": "public",
};

export function questioningRoutes(means: Means): readonly AnyRoute[] {
  const { database, clock } = means;
  const presentWritten = async (work: Work, id: string) => {
    const inside = { ...means, database: within(work, database) };
    return presentQuestioning(inside, work.actor, await findQuestioning(inside.database, work.actor, id, work));
  };
  return [
    route({
      method: "GET",
      path: "/cases/:id/questioning-choices",
      tag,
      summary: "本案可以提讯的人、羁押场所、参加的法官和律师",
      params: idParams,
      answers: { 200: choicesView },
      async handle({ params, work }) {
        return ok(await work((own) => listChoices(own, means, params.id)));
      },
    }),
    route({
      method: "POST",
      path: "/cases/:id/questionings",
      tag,
      summary: "提请远程提讯",
      description:
        "法官、书记员、律师、被提讯人、法院的在线法庭和羁押场所的提讯室，时间由数据库保证不重复占用；已被占用的答复 409 hearing.taken。",
      key: "required",
      params: idParams,
      body: asking,
      answers: { 201: questioningDetail },
      async command(work, { params, body }) {
        return created(await presentWritten(work, String((await askQuestioning(work, means, params.id, body)).id)));
      },
    }),
    route({
      method: "GET",
      path: "/questionings",
      tag,
      summary: "远程提讯（本人参加的；立案庭负责人：本院的），先到时间的在前",
      query: questioningQuery,
      answers: { 200: questioningList },
      async handle({ actor, query: { limit = DEFAULT_LIMIT, ...filter } }) {
        const rows = await listQuestionings(database, actor, { ...filter, limit });
        const { items, nextCursor } = page(rows, limit, placeOf);
        return ok({ items: await presentQuestionings(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/questionings/day",
      tag,
      summary: "一天的提讯：谁已签到、谁在提讯、提讯室前面还有几场",
      query: dayQuery,
      answers: { 200: dayList },
      async handle({ actor, query: { date = courtDayOf(clock.now()) } }) {
        return ok({ date, items: await presentQuestionings(means, actor, await listDay(database, actor, date)) });
      },
    }),
    route({
      method: "GET",
      path: "/questionings/:id",
      tag,
      summary: "一次提讯：下一步、开始以前须齐备的、权利义务",
      params: idParams,
      answers: { 200: questioningDetail },
      async handle({ actor, params }) {
        return ok(await presentQuestioning(means, actor, await findQuestioning(database, actor, params.id)));
      },
    }),
    route({
      method: "POST",
      path: "/questionings/:id/moves",
      tag,
      summary: "羁押场所：确认、不能安排、核对身份、告知权利；法院：另约时间、改变归卷、取消",
      key: "required",
      params: idParams,
      body: moving,
      answers: { 200: questioningDetail },
      async command(work, { params, body }) {
        await moveQuestioning(work, means, params.id, body);
        return ok(await presentWritten(work, params.id));
      },
    }),
    route({
      method: "POST",
      path: "/questionings/:id/links",
      tag,
      summary: "给羁押场所民警的一次性链接，凭警号打开；只显示一次，此前的链接失效",
      params: idParams,
      body: linking,
      answers: { 201: linkView },
      async command(work, { params, body }) {
        return created({ path: await makeLink(work, means, params.id, body), name: body.name });
      },
    }),
    route({
      method: "POST",
      path: "/questioning-links/open",
      tag,
      summary: "民警凭链接和警号进入",
      description: "链接只能使用一次；警号填错五次，暂停 15 分钟。",
      limit: "sign-in",
      body: opening,
      answers: { 200: opened },
      async handle({ body, userAgent, work }) {
        const { questioningId, signedIn } = await openLink(means, work, { ...body, device: deviceOf(userAgent) });
        return ok({ questioningId, session: await tokensOf(means, signedIn) });
      },
    }),
  ];
}
