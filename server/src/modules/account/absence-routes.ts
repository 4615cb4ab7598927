import { z } from "zod";
import { dayField, idField, itemsOf, stateView } from "#core/fields.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import { type AnyRoute, created, noContent, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import {
  ABSENCE_KINDS,
  type Absence,
  type AbsenceKind,
  KEEPERS,
  listAbsences,
  noteAbsence,
  removeAbsence,
} from "./absence.ts";
import { describeAccounts } from "./describe.ts";
import { byId } from "./schema.ts";

const absenceQuery = z.strictObject({
  staffId: idField.optional(),
  from: dayField.optional().meta({ description: "缺省为今天" }),
  until: dayField.optional().meta({ description: "缺省为起始日后 90 天" }),
});
const absenceNote = z.strictObject({
  staffId: idField.optional().meta({ description: "缺省为本人" }),
  from: dayField,
  until: dayField,
  kind: z.enum(Object.keys(ABSENCE_KINDS) as [AbsenceKind]).default("leave"),
});
const absenceView = z.object({
  id: z.string(),
  staff: z.object({ id: z.string(), name: z.string() }),
  from: z.string(),
  until: z.string(),
  kind: stateView,
});

/** 不在岗日历: the supervisor keeps everybody's, each keeps their own. */
export function absenceRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/court-staff/absences",
      tag: "account",
      summary: "不在岗日历（负责人看全院，其他人员看本人）",
      query: absenceQuery,
      answers: { 200: itemsOf(absenceView) },
      async handle({ actor, query }) {
        const from = query.from ?? courtDayOf(means.clock.now());
        const until = query.until ?? addDays(from, 90);
        const staffId = KEEPERS.includes(actor.role) ? query.staffId : actor.accountId;
        const rows = await listAbsences(means.database, { courtCode: actor.courtCode ?? "", from, until, staffId });
        return ok({ items: await present(rows) });
      },
    }),
    route({
      method: "POST",
      path: "/court-staff/absences",
      tag: "account",
      summary: "登记不在岗",
      description: "自首日零时起，在手和指派给该人员的收案审查件自动放回队列。",
      body: absenceNote,
      answers: { 201: absenceView },
      async command(work, { body }) {
        const id = await noteAbsence(work, body);
        const rows = await listAbsences(within(work, means.database), {
          courtCode: work.actor.courtCode ?? "",
          from: body.from,
          until: body.until,
          staffId: body.staffId ?? work.actor.accountId,
        });
        return created((await present(rows.filter((row) => String(row.id) === id)))[0]);
      },
    }),
    route({
      method: "DELETE",
      path: "/court-staff/absences/:id",
      tag: "account",
      summary: "撤销不在岗登记",
      params: byId,
      answers: { 204: null },
      async command(work, { params }) {
        await removeAbsence(work, params.id);
        return noContent();
      },
    }),
  ];
}

async function present(rows: readonly Absence[]): Promise<z.infer<typeof absenceView>[]> {
  const people = await describeAccounts(rows.map(({ staffId }) => String(staffId)));
  return rows.map(({ id, staffId, from, until, kind }) => ({
    id: String(id),
    staff: { id: String(staffId), name: people.get(String(staffId))?.displayName ?? "" },
    from,
    until,
    kind: { code: kind, label: ABSENCE_KINDS[kind] },
  }));
}
