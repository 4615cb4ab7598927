import { z } from "zod";
import { momentView } from "#core/fields.ts";
import { type AnyRoute, created, noContent, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { endFeed, feedSince, readFeed, renewFeed } from "./feed.ts";

const tag = "hearing";
const CALENDAR = "text/calendar";
const tokenParams = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, "日历地址不完整，请重新复制") });
const feedView = z.object({
  icsUrl: z.string().nullable().meta({ description: "订阅地址；只在取得时显示一次" }),
  since: momentView.nullable().meta({ description: "现在的订阅从何时起有效；没有订阅的为空" }),
});

export function feedRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/me/calendar",
      tag,
      summary: "我的庭期日历：是否已订阅",
      answers: { 200: feedView },
      async handle({ actor }) {
        const since = await feedSince(means, actor.accountId);
        return ok({ icsUrl: null, since: since?.toISOString() ?? null });
      },
    }),
    route({
      method: "POST",
      path: "/me/calendar",
      tag,
      summary: "取得新的日历订阅地址；原来的立即停用",
      description: "地址中的密钥只在此时显示一次，服务器只保存其摘要。",
      answers: { 201: feedView },
      async command(work) {
        const icsUrl = await renewFeed(work, means);
        return created({ icsUrl, since: work.at.toISOString() });
      },
    }),
    route({
      method: "DELETE",
      path: "/me/calendar",
      tag,
      summary: "停用日历订阅",
      answers: { 204: null },
      async command(work) {
        await endFeed(work);
        return noContent();
      },
    }),
    route({
      method: "GET",
      path: "/calendar/:token.ics",
      tag,
      summary: "日历订阅（ICS）：案号、法院、时间和地点，不含姓名",
      params: tokenParams,
      answers: { 200: CALENDAR },
      async handle({ params }) {
        return {
          status: 200,
          bytes: Buffer.from(await readFeed(means, params.token), "utf8"),
          headers: { "content-type": `${CALENDAR}; charset=utf-8`, "cache-control": "private, no-store" },
        };
      },
    }),
  ];
}
