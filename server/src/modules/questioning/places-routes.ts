import { itemsOf } from "#core/fields.ts";
import type { Work } from "#core/work.ts";
import { type AnyRoute, created, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { addPlace, changePlace, listPlaces, presentPlace } from "./places.ts";
import { problem } from "./problems.ts";
import { idParams, placeBody, placeChange, placeView } from "./schema.ts";
import { COURT } from "./workflow.ts";

const tag = "questioning";
const KEEPERS = ["supervisor", "admin"] as const;

export const placePolicy: Policy = {
  "GET /custody-places": [...COURT, "admin"],
  "POST /custody-places": KEEPERS,
  "PUT /custody-places/:id": KEEPERS,
};

export function placeRoutes(_: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/custody-places",
      tag,
      summary: "本院可以提讯的羁押场所、提讯室和开放时间",
      answers: { 200: itemsOf(placeView) },
      async handle({ actor, work }) {
        const rows = await work((mine) => listPlaces(mine.query, actor.courtCode ?? ""));
        return ok({ items: rows.map(presentPlace) });
      },
    }),
    route({
      method: "POST",
      path: "/custody-places",
      tag,
      summary: "登记羁押场所",
      description: "名称请写全称：各院登记的同一场所、同一提讯室按名称认作同一间，同一时间只能预约一次。",
      body: placeBody,
      answers: { 201: placeView },
      async command(work, { body }) {
        return created(await shown(work, await addPlace(work, body)));
      },
    }),
    route({
      method: "PUT",
      path: "/custody-places/:id",
      tag,
      summary: "修改羁押场所的开放时间和提讯室，停用或者恢复",
      description: "停用后不能再预约，已经约定的不受影响。",
      ifMatch: true,
      params: idParams,
      body: placeChange,
      answers: { 200: placeView },
      async command(work, { params, body, ifMatch }) {
        return ok(await shown(work, await changePlace(work, params.id, ifMatch, body)));
      },
    }),
  ];
}

async function shown(work: Work, id: string) {
  const row = (await listPlaces(work.query, work.actor.courtCode ?? "")).find((one) => one.id === id);
  if (!row) throw problem("custody.not_found");
  return presentPlace(row);
}
