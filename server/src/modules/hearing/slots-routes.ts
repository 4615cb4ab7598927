import { z } from "zod";
import { dayField, idField, itemsOf, line, momentView } from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { modeField, roomView } from "./schema.ts";
import { daysOf, slotsForCase } from "./slots-case.ts";
import { inWords } from "./slots-words.ts";
import { HEARING_KINDS, type HearingKind, SCHEDULERS } from "./workflow.ts";

export const slotsPolicy: Policy = { "GET /hearings/slots": SCHEDULERS };

const slotsQuery = z.strictObject({
  caseId: idField,
  from: dayField.optional().meta({ description: "缺省为今天" }),
  to: dayField.optional().meta({ description: "含当日；缺省为起始日后 30 天，最长 180 天" }),
  minutes: z
    .string()
    .regex(/^\d{2,3}$/, "时长须在 15 至 510 分钟之间")
    .transform(Number)
    .refine((value) => value >= 15 && value <= 510, "时长须在 15 至 510 分钟之间")
    .default(90)
    .meta({ type: "integer", minimum: 15, maximum: 510 }),
  mode: modeField,
  kind: z.enum(Object.keys(HEARING_KINDS) as [HearingKind, ...HearingKind[]]).default("trial"),
  interpreter: line(20).optional(),
});
const reasonView = z.object({ code: z.string(), text: z.string() });
const slotsView = itemsOf(
  z.object({
    startsAt: momentView,
    endsAt: momentView,
    timeText: z.string(),
    room: roomView.nullable(),
    score: z.number().int(),
    reasons: z.array(reasonView),
  }),
).extend({ refused: z.array(reasonView.extend({ count: z.number().int().meta({ description: "天数" }) })) });

/** Stands before `/hearings/:id` in the list of routes. */
export function slotsRoutes({ database, clock }: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/hearings/slots",
      tag: "hearing",
      summary: "可以开庭的时间，从优到次，附理由；排除的日期附原因",
      query: slotsQuery,
      answers: { 200: slotsView },
      async handle({ actor, query: { caseId, from, to, interpreter, ...wish } }) {
        const row = await findCaseRow(database, actor, caseId);
        if (!row.judgeId) throw problem("hearing.no_judge");
        const now = clock.now();
        const days = daysOf(now, from, to);
        if (!days) throw problem("hearing.period");
        const { items, refused } = await slotsForCase(database, row, {
          ...wish,
          ...days,
          now,
          language: interpreter || null,
        });
        return ok({
          items: items.map(({ startsAt, endsAt, ...slot }) => ({
            startsAt: startsAt.toISOString(),
            endsAt: endsAt.toISOString(),
            timeText: inWords(startsAt, endsAt),
            ...slot,
          })),
          refused,
        });
      },
    }),
  ];
}
