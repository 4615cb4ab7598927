import { z } from "zod";
import { courtCodeField, dayField, momentView, stateView } from "#core/fields.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { announcements } from "./announce.ts";

const announcementsView = z
  .object({
    court: z.object({ code: z.string(), name: z.string() }),
    date: z.string(),
    items: z.array(
      z.object({
        id: z.string(),
        caseNumber: z.string(),
        kind: stateView,
        cause: z.string().nullable().meta({ description: "不公开审理的为空" }),
        parties: z.string().nullable().meta({ description: "不公开审理的为空；依法隐名的只写姓氏" }),
        isPublic: z.boolean(),
        startsAt: momentView,
        endsAt: momentView,
        timeText: z.string(),
        room: z.string().nullable(),
        mode: stateView,
        judge: z.string().nullable(),
        state: stateView,
      }),
    ),
  })
  .meta({ id: "HearingAnnouncements" });

export function announcingRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/announcements/hearings",
      tag: "hearing",
      summary: "开庭公告：一个法院一天的开庭，不需登录",
      query: z.strictObject({ court: courtCodeField, date: dayField }),
      limit: "costly",
      answers: { 200: announcementsView },
      handle: async ({ query }) => ok(await announcements(means, query.court, query.date)),
    }),
  ];
}
