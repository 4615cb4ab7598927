import { z } from "zod";
import { DEFAULT_LIMIT, idField } from "#core/fields.ts";
import { problem as http } from "#core/problem.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { moveSeries, type SeriesInput } from "./decide-series.ts";
import { seriesMove } from "./schema.ts";
import {
  presentMove,
  presentSeries,
  presentSeriesDetail,
  presentSeriesList,
  seriesDetailView,
  seriesListView,
  seriesMoveAnswer,
  seriesPaging,
  seriesQuery,
} from "./series-view.ts";

const TAG = "intake";
const idParams = z.strictObject({ id: idField });

/** 系列案件: found before a number is given, decided together. */
export function seriesRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/intake/series",
      tag: TAG,
      summary: "系列案件：同一原告或同一代理人、同一案由、内容相近",
      query: seriesQuery,
      answers: { 200: seriesListView },
      async handle({ actor, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        return ok(await presentSeriesList(means, actor, { state, before: rowOf(cursor), limit }));
      },
    }),
    route({
      method: "GET",
      path: "/intake/series/:id",
      tag: TAG,
      summary: "一个系列及其中各件",
      params: idParams,
      query: seriesPaging,
      answers: { 200: seriesDetailView },
      async handle({ actor, params, query: { cursor, limit = DEFAULT_LIMIT } }) {
        return ok(await presentSeriesDetail(means, actor, params.id, { after: rowOf(cursor), limit }));
      },
    }),
    route({
      method: "POST",
      path: "/intake/series/:id/moves",
      tag: TAG,
      summary: "一并处理一个系列",
      description:
        "逐件处理，每件各自成败，结果逐件列出，案号按收件先后编定。未指定 itemIds 时处理全部待审查的（疑似重复的除外，须指定后处理），一次最多 200 件。中途断开的，用同一 Idempotency-Key 再发一次即从断开处继续。",
      key: "required",
      params: idParams,
      body: seriesMove,
      answers: { 200: seriesMoveAnswer },
      before: ({ actor, params, body, key, requestId }) =>
        moveSeries(means, actor, params.id, { key: key ?? "", requestId }, body as SeriesInput),
      async command(work, { params }, moveId) {
        const inside = { ...means, database: within(work, means.database) };
        return ok({
          move: await presentMove(inside, work.actor, params.id, moveId),
          series: await presentSeries(inside, work.actor, params.id),
        });
      },
    }),
  ];
}

function rowOf(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !/^[1-9]\d{0,19}$/.test(cursor))
    throw http("request.invalid", {
      detail: "翻页标记无效，请从第一页重新查看。",
      errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效" }],
    });
  return cursor;
}
