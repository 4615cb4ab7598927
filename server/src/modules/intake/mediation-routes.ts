import { z } from "zod";
import { DEFAULT_LIMIT, dayField, idField, listOf, movesView, page, paging, prose, stateView } from "#core/fields.ts";
import { courtDayOf, daysBetween } from "#core/period.ts";
import { problem as http } from "#core/problem.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import {
  concludeMediation,
  extendMediation,
  findMediation,
  listMediations,
  listTitles,
  MEDIATION_STATES,
  type Mediation,
  type MediationState,
} from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";

const TAG = "intake";
const mediationQuery = z.strictObject({
  state: z
    .enum(Object.keys(MEDIATION_STATES) as [MediationState])
    .optional()
    .meta({ description: "缺省为 running" }),
  ...paging,
});
const mediationMove = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("extend"),
    until: dayField,
    consents: z.strictObject({ plaintiff: z.boolean(), defendant: z.boolean() }),
    note: prose(500).default(""),
  }),
  z.strictObject({ action: z.literal("fail"), note: prose(500, 2) }),
  z.strictObject({
    action: z.literal("settle"),
    note: prose(1000, 2),
    confirmation: z.boolean().default(false).meta({ description: "当事人将申请司法确认" }),
  }),
]);
const mediationView = z.object({
  id: z.string(),
  filingId: z.string(),
  title: z.string(),
  state: stateView,
  startedOn: z.string(),
  dueOn: z.string(),
  extended: z.boolean(),
  daysLeft: z.number().int().nullable(),
  confirmation: z.boolean(),
  endedOn: z.string().nullable(),
  moves: movesView,
});

/** 诉前调解: how it goes, how it ends. */
export function mediationRoutes(means: Means): readonly AnyRoute[] {
  const present = async (database: Means["database"], rows: readonly Mediation[]) => {
    const today = courtDayOf(means.clock.now());
    const titles = await listTitles(
      database,
      means.vault,
      rows.map(({ filingId }) => String(filingId)),
    );
    return rows.map(
      (row): z.infer<typeof mediationView> => ({
        id: String(row.id),
        filingId: String(row.filingId),
        title: titles.get(String(row.filingId))?.title ?? "",
        state: { code: row.state, label: MEDIATION_STATES[row.state] },
        startedOn: row.startedOn,
        dueOn: row.dueOn,
        extended: row.dueOn > row.firstDueOn,
        daysLeft: row.state === "running" ? daysBetween(today, row.dueOn) : null,
        confirmation: Boolean(row.confirmation),
        endedOn: row.endedOn,
        moves:
          row.state === "running"
            ? [
                { action: "settle", label: "调解成功" },
                { action: "fail", label: "调解未成" },
                { action: "extend", label: "延长调解" },
              ]
            : [],
      }),
    );
  };
  return [
    route({
      method: "GET",
      path: "/intake/mediations",
      tag: TAG,
      summary: "本院诉前调解进展，先到期的在前",
      query: mediationQuery,
      answers: { 200: listOf(mediationView) },
      async handle({ actor, query: { state = "running", cursor, limit = DEFAULT_LIMIT } }) {
        if (cursor !== undefined && !/^\d{4}-\d{2}-\d{2}_[1-9]\d{0,19}$/.test(cursor))
          throw http("request.invalid", {
            detail: "翻页标记无效，请从第一页重新查看。",
            errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效" }],
          });
        const rows = await listMediations(means.database, actor.courtCode ?? "", { state, after: cursor, limit });
        const { items, nextCursor } = page(rows, limit, ({ dueOn, id }) => `${dueOn}_${id}`);
        return ok({ items: await present(means.database, items), nextCursor });
      },
    }),
    route({
      method: "POST",
      path: "/intake/mediations/:id/moves",
      tag: TAG,
      summary: "延长调解，或者登记调解结果",
      description:
        "延长须双方同意；settle 为调解成功（申请终结），fail 为调解未成（恢复审查，余下的审查期限继续计算）。",
      key: "required",
      params: z.strictObject({ id: idField }),
      body: mediationMove,
      answers: { 200: mediationView },
      async command(work, { params, body }) {
        if (body.action === "extend") await extendMediation(work, means, params.id, body);
        else
          await concludeMediation(work, means, params.id, {
            state: body.action === "settle" ? "settled" : "failed",
            note: body.note,
            confirmation: body.action === "settle" && body.confirmation,
          });
        const inside = within(work, means.database);
        const row = await findMediation(inside, work.actor.courtCode, params.id);
        return ok((await present(inside, [row]))[0]);
      },
    }),
  ];
}
