import { PUBLIC_ROLES } from "#core/actor.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { noteSeen } from "./presence.ts";
import { openFilm } from "./room-film.ts";
import { moveRoom, prepareMove } from "./room-move.ts";
import { beat, filmAddress, filmParams, roomMove, roomPage, ticketView } from "./room-schema.ts";
import { findRoom } from "./room-store.ts";
import { issueTicket } from "./room-ticket.ts";
import { presentRoom } from "./room-view.ts";
import { idParams } from "./schema.ts";
import { SCHEDULERS } from "./workflow.ts";

const tag = "hearing";
const READERS = [...PUBLIC_ROLES, ...SCHEDULERS, "officer"] as const;
/** A supervisor looks on, and is nobody in the room. */
const PRESENT = [...PUBLIC_ROLES, "judge", "court_clerk", "officer"] as const;

export const roomPolicy: Policy = {
  "GET /hearings/:id/room": READERS,
  "POST /hearings/:id/room/moves": PRESENT,
  "POST /hearings/:id/room/presence": READERS,
  "POST /hearings/:id/ticket": PRESENT,
  "POST /hearings/:id/recordings/:ordinal/film": SCHEDULERS,
};

export function roomRoutes(means: Means): readonly AnyRoute[] {
  const { database } = means;
  return [
    route({
      method: "GET",
      path: "/hearings/:id/room",
      tag,
      summary: "在线庭审：到场情况、录音录像、断线记录，以及本人现在能做什么",
      params: idParams,
      answers: { 200: roomPage },
      async handle({ actor, params }) {
        return ok(await presentRoom(means, actor, await findRoom(database, actor, params.id)));
      },
    }),
    route({
      method: "POST",
      path: "/hearings/:id/room/presence",
      tag,
      summary: "页面每几秒报告一次在线；超过 15 秒没有报告的，记为断线",
      params: idParams,
      body: beat,
      answers: { 200: roomPage },
      async handle({ actor, params, body, work }) {
        const room = await findRoom(database, actor, params.id);
        const { own } = room;
        if (own && room.state !== "ended") await work((inside) => noteSeen(inside, room, own, body.connection));
        return ok(await presentRoom(means, actor, room));
      },
    }),
    route({
      method: "POST",
      path: "/hearings/:id/room/moves",
      tag,
      summary: "签到、请入、请出、录音录像起止、断线记录、开庭和闭庭",
      description: "签到时再次核验身份（人民法院在线诉讼规则第七条）。录音录像只能开始和停止，不能暂停。",
      key: "required",
      params: idParams,
      body: roomMove,
      answers: { 200: roomPage },
      before: ({ actor, params, body }) => prepareMove(means, actor, params.id, body),
      async command(work, { actor, params, body }, prepared) {
        const invitation = await moveRoom(work, means, params.id, body, prepared);
        const inside = { ...means, database: within(work, database) };
        return ok(await presentRoom(inside, actor, await findRoom(inside.database, actor, params.id), invitation));
      },
    }),
    route({
      method: "POST",
      path: "/hearings/:id/ticket",
      tag,
      summary: "进入庭审的凭证，五分钟内有效",
      description: "须已签到、身份已再次核验、同意在线开庭，并且法庭已请入；证人在被请入以前没有凭证。",
      params: idParams,
      answers: { 200: ticketView },
      handle: async ({ actor, params }) => ok(await issueTicket(means, actor, params.id)),
    }),
    route({
      method: "POST",
      path: "/hearings/:id/recordings/:ordinal/film",
      tag,
      summary: "观看合成的录音录像：五分钟内有效的地址；每次查看都有记录",
      params: filmParams,
      answers: { 200: filmAddress },
      async handle({ actor, params, work }) {
        const room = await findRoom(database, actor, params.id);
        return ok(await work((inside) => openFilm(inside, means, room, Number(params.ordinal))));
      },
    }),
  ];
}
