import { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { dayField, idField, itemsOf, line, momentView, stateView } from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { listCases } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { type Placed, planSeries } from "./plan.ts";
import { lookAhead, rescheduleAway } from "./plan-away.ts";
import { presentHearings } from "./present.ts";
import { problem } from "./problems.ts";
import { listResources } from "./resources.ts";
import { hearingView, idParams, minutesField, modeField, roomView, sittingKind } from "./schema.ts";
import { daysOf } from "./slots-case.ts";
import { inWords } from "./slots-words.ts";
import { HEARING_KINDS, SCHEDULERS } from "./workflow.ts";

export const planPolicy: Policy = {
  "POST /hearings/plan": SCHEDULERS,
  "GET /hearing-resources/:id/sittings": ["supervisor"],
  "POST /hearings/reschedule": ["supervisor"],
};

const series = z.strictObject({
  caseIds: z.array(idField).min(1, "请选择案件").max(50, "一次最多排 50 件"),
  kind: sittingKind.default("trial"),
  mode: modeField,
  minutes: minutesField.default(90),
  from: dayField.optional(),
  to: dayField.optional(),
});
const span = z.strictObject({ from: dayField, to: dayField.meta({ description: "含当日" }) });
const met = z.object({
  items: z.array(hearingView),
  left: z.array(z.object({ kind: stateView, startsAt: momentView, endsAt: momentView, timeText: z.string() })),
});
const away = span.extend({
  resourceId: idField,
  reason: line(100, 1).meta({ description: "告知各方的改期理由" }),
});
const answer = itemsOf(
  z.object({
    case: z.object({ id: z.string(), number: z.string() }),
    outcome: z.enum(["placed", "already", "refused"]),
    hearing: z
      .object({
        id: z.string(),
        startsAt: momentView,
        endsAt: momentView,
        timeText: z.string(),
        room: roomView.nullable(),
      })
      .nullable(),
    code: z.string().nullable(),
    text: z.string(),
  }),
);

/**
 * Each sitting is a work of its own, so neither of these takes one for all: sent again, they find what is done already and go on
 * with the rest.
 */
export function planRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "POST",
      path: "/hearings/plan",
      tag: "hearing",
      summary: "批量排期：逐案选取最优时间，每案一行结果",
      description: "已有排期的案件原样保留；重复提交只排剩下的。",
      limit: "costly",
      body: series,
      answers: { 200: answer },
      async handle({ actor, body: { from, to, ...wish }, work }) {
        const days = daysOf(means.clock.now(), from, to);
        if (!days) throw problem("hearing.period");
        return ok(await present(means, actor, await planSeries(means, actor, work, { ...wish, ...days })));
      },
    }),
    route({
      method: "GET",
      path: "/hearing-resources/:id/sittings",
      tag: "hearing",
      summary: "批量改期之前：哪些开庭会改期，哪些接访、提讯不在其内、须逐件改约",
      description: "只查看，不改动；items 依改期的先后。",
      params: idParams,
      query: span,
      answers: { 200: met },
      async handle({ actor, params, query }) {
        const { sittings, sessions } = await lookAhead(means, actor, { resourceId: params.id, ...query });
        const left = sessions.flatMap(({ kind, startsAt, endsAt }) =>
          startsAt && endsAt
            ? {
                kind: { code: kind, label: HEARING_KINDS[kind] },
                startsAt: startsAt.toISOString(),
                endsAt: endsAt.toISOString(),
                timeText: inWords(startsAt, endsAt),
              }
            : [],
        );
        return ok({ items: await presentHearings(means, actor, sittings), left });
      },
    }),
    route({
      method: "POST",
      path: "/hearings/reschedule",
      tag: "hearing",
      summary: "人员不在岗、法庭停用：该期间的开庭依原次序改期，保证通知时间",
      description: "重复提交只处理还没有改期的。",
      limit: "costly",
      body: away,
      answers: { 200: answer },
      async handle({ actor, body, work }) {
        return ok(await present(means, actor, await rescheduleAway(means, work, body)));
      },
    }),
  ];
}

async function present({ database, vault }: Means, actor: Actor, rows: readonly Placed[]) {
  const cases = await listCases(
    database,
    vault,
    rows.flatMap(({ caseId, code }) => (code === "case.not_found" ? [] : [caseId])),
  );
  const rooms = await listResources(database, {
    courtCode: actor.courtCode ?? "",
    ids: rows.flatMap(({ hearing }) => (hearing?.roomId ? [String(hearing.roomId)] : [])),
  });
  return {
    items: rows.map(({ caseId, outcome, hearing, code, text }) => {
      const room = rooms.find(({ id }) => id === String(hearing?.roomId));
      return {
        case: { id: caseId, number: cases.get(caseId)?.number ?? "" },
        outcome,
        hearing:
          hearing?.startsAt && hearing.endsAt
            ? {
                id: String(hearing.id),
                startsAt: hearing.startsAt.toISOString(),
                endsAt: hearing.endsAt.toISOString(),
                timeText: inWords(hearing.startsAt, hearing.endsAt),
                room: room ? { id: room.id, name: room.name } : null,
              }
            : null,
        code,
        text,
      };
    }),
  };
}
