import { z } from "zod";
import { dayField } from "#core/fields.ts";
import { addDays, courtDayOf, daysBetween } from "#core/period.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { courtConsistency, courtStatistics, type Span } from "./court-statistics.ts";
import { exportStatistics } from "./export-statistics.ts";
import { problem } from "./problems.ts";

const TAG = "intake";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const LONGEST_DAYS = 731;
const span = z.strictObject({
  from: dayField.optional().meta({ description: "缺省为 30 天前" }),
  until: dayField.optional().meta({ description: "缺省为今天" }),
  by: z.enum(["day", "week", "month"]).optional().meta({ description: "缺省按日" }),
});

const whole = z.number().int();
const summed = {
  received: whole,
  decided: whole,
  accepted: whole,
  returned: whole,
  refused: whole,
  transferred: whole,
  mediated: whole,
  firstPass: z.number().nullable().meta({ description: "首轮审查中当即立案的比例" }),
};
const courtView = z.object({
  from: z.string(),
  until: z.string(),
  totals: z.object({
    ...summed,
    late: whole,
    medianHours: whole.nullable(),
    p90Hours: whole.nullable(),
    meanRounds: z.number().nullable(),
  }),
  periods: z.array(z.object({ begins: z.string(), ...summed })),
  causes: z.array(z.object({ cause: z.object({ code: z.string(), name: z.string() }), ...summed })),
});
const consistencyView = z.object({
  from: z.string(),
  until: z.string(),
  measures: z.array(
    z.object({
      code: z.string(),
      label: z.string(),
      clerks: z.array(
        z.object({
          clerk: z.object({ id: z.string(), name: z.string() }),
          done: whole,
          of: whole,
          rate: z.number(),
          othersRate: z.number(),
          z: z.number().nullable(),
          flagged: z.boolean(),
        }),
      ),
    }),
  ),
  explanation: z.string(),
});

/** 统计: what the court's records add up to. */
export function statisticsRoutes(means: Means): readonly AnyRoute[] {
  const spanOf = ({ from, until, by = "day" }: z.infer<typeof span>): Span => {
    const last = until ?? courtDayOf(means.clock.now());
    const first = from ?? addDays(last, -29);
    if (first > last || daysBetween(first, last) >= LONGEST_DAYS)
      throw problem("intake.span", { errors: [{ pointer: "?from", code: "span", message: "请核对起止日期" }] });
    return { from: first, until: last, by };
  };
  return [
    route({
      method: "GET",
      path: "/intake/statistics/court",
      tag: TAG,
      summary: "收案统计：按期、按案由，一次通过率、轮次、用时",
      query: span,
      answers: { 200: courtView },
      handle: async ({ actor, query }) => ok(await courtStatistics(means, actor, spanOf(query))),
    }),
    route({
      method: "GET",
      path: "/intake/statistics/consistency",
      tag: TAG,
      summary: "裁量一致性：补正、不予受理的比率按事项和人员比较",
      query: span.omit({ by: true }).strict(),
      answers: { 200: consistencyView },
      handle: async ({ actor, query }) => ok(await courtConsistency(means, actor, spanOf(query))),
    }),
    route({
      method: "GET",
      path: "/intake/statistics/export.xlsx",
      tag: TAG,
      summary: "导出统计表",
      query: span,
      limit: "costly",
      answers: { 200: XLSX },
      async handle({ actor, query }) {
        const chosen = spanOf(query);
        const [statistics, consistency, name] = await Promise.all([
          courtStatistics(means, actor, chosen),
          courtConsistency(means, actor, chosen),
          nameOfCourt(actor.courtCode ?? ""),
        ]);
        const file = encodeURIComponent(`收案统计 ${chosen.from} 至 ${chosen.until}.xlsx`);
        return {
          status: 200,
          bytes: await exportStatistics(name, statistics, consistency),
          headers: { "content-type": XLSX, "content-disposition": `attachment; filename*=UTF-8''${file}` },
        };
      },
    }),
  ];
}
