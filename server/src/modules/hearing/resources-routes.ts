import { PUBLIC_ROLES } from "#core/actor.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { type AnyRoute, created, noContent, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { ABSENCES, type AbsenceRow, listAbsences, removeAbsence, stateAbsence } from "./leave.ts";
import { problem } from "./problems.ts";
import type { Resource } from "./resources.ts";
import { importCalendar, printCalendar } from "./resources-calendar.ts";
import { addResource, changeResource, listBookable } from "./resources-manage.ts";
import {
  absenceList,
  absenceNote,
  absenceQuery,
  absenceView,
  calendarBody,
  calendarImported,
  newResource,
  resourceChange,
  resourceList,
  resourceQuery,
  resourceView,
} from "./resources-schema.ts";
import { idParams } from "./schema.ts";
import { RESOURCE_KINDS, SCHEDULERS } from "./workflow.ts";

const tag = "hearing";
const KEEPERS = ["supervisor", "admin"] as const;
const COURT = [...SCHEDULERS, "admin"] as const;

export const resourcePolicy: Policy = {
  "GET /hearing-resources": [...COURT, "clerk"],
  "POST /hearing-resources": KEEPERS,
  "PUT /hearing-resources/:id": KEEPERS,
  "GET /hearing-absences": [...PUBLIC_ROLES, ...COURT],
  "POST /hearing-absences": [...PUBLIC_ROLES, ...COURT],
  "DELETE /hearing-absences/:id": [...PUBLIC_ROLES, ...COURT],
  "GET /hearing-resources/:id/calendar.ics": COURT,
  "POST /hearing-resources/:id/calendar": COURT,
};

const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

export function resourceRoutes(means: Means): readonly AnyRoute[] {
  return [...listedRoutes(), ...absenceRoutes(means), ...calendarRoutes(means)];
}

function listedRoutes(): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/hearing-resources",
      tag,
      summary: "本院可排期的人员和场所",
      query: resourceQuery,
      answers: { 200: resourceList },
      async handle({ actor, query, work }) {
        const rows = await work((mine) => listBookable(mine, actor.courtCode ?? ""));
        const wanted = rows.filter(({ kind }) => query.kind === undefined || kind === query.kind);
        return ok({ items: wanted.map((row) => present(row, actor.accountId)) });
      },
    }),
    route({
      method: "POST",
      path: "/hearing-resources",
      tag,
      summary: "登记法庭、在线法庭、人民陪审员、翻译人员",
      body: newResource,
      answers: { 201: resourceView },
      async command(work, { actor, body: { kind, ...facts } }) {
        const id = await addResource(work, kind, facts);
        return created(present(await findOwn(work, actor.courtCode ?? "", id), actor.accountId));
      },
    }),
    route({
      method: "PUT",
      path: "/hearing-resources/:id",
      tag,
      summary: "修改场所、人员的名称和可用时间，停用或者恢复",
      description: "停用后不能再排期，已经排定的不受影响。",
      ifMatch: true,
      params: idParams,
      body: resourceChange,
      answers: { 200: resourceView },
      async command(work, { actor, params, body, ifMatch }) {
        await changeResource(work, params.id, ifMatch, body);
        return ok(present(await findOwn(work, actor.courtCode ?? "", params.id), actor.accountId));
      },
    }),
  ];
}

async function findOwn(work: Parameters<typeof listBookable>[0], courtCode: string, id: string): Promise<Resource> {
  const row = (await listBookable(work, courtCode)).find((one) => one.id === id);
  if (!row) throw problem("resource.not_found");
  return row;
}

const present = ({ closedAt, ref, kind, ...row }: Resource, accountId: string) => ({
  id: row.id,
  kind: { code: kind, label: RESOURCE_KINDS[kind] },
  name: row.name,
  place: row.place,
  working: row.working,
  language: row.language,
  closed: closedAt !== null,
  mine: (kind === "judge" || kind === "clerk") && ref === accountId,
  staffId: kind === "judge" || kind === "clerk" ? ref : null,
  version: row.version,
});

function absenceRoutes({ database, clock }: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/hearing-absences",
      tag,
      summary: "不能到庭的时间（当事人：本人登记的；法院：本院人员和场所）",
      query: absenceQuery,
      answers: { 200: absenceList },
      async handle({ actor, query }) {
        const from = query.from ?? courtDayOf(clock.now());
        const to = query.to ?? addDays(from, 90);
        const rows = await listAbsences(database, actor, {
          resourceId: query.resourceId,
          from: beginOf(from),
          to: beginOf(addDays(to, 1)),
        });
        return ok({ items: rows.map(presentAbsence) });
      },
    }),
    route({
      method: "POST",
      path: "/hearing-absences",
      tag,
      summary: "登记不能到庭、不能使用的时间",
      body: absenceNote,
      answers: { 201: absenceView },
      async command(work, { body }) {
        const from = new Date(body.from);
        const to = new Date(body.to);
        const id = await stateAbsence(work, { ...body, from, to, reason: body.reason ?? "" });
        const [row] = await work.query<AbsenceRow>(
          "SELECT id, resource_id AS resourceId, kind, reason FROM resource_absence WHERE id = ?",
          [id],
        );
        return created(
          presentAbsence({ ...(row as AbsenceRow), id, resourceId: String(row?.resourceId), fromAt: from, toAt: to }),
        );
      },
    }),
    route({
      method: "DELETE",
      path: "/hearing-absences/:id",
      tag,
      summary: "撤销登记",
      params: idParams,
      answers: { 204: null },
      async command(work, { params }) {
        await removeAbsence(work, params.id);
        return noContent();
      },
    }),
  ];
}

const presentAbsence = ({ id, resourceId, fromAt, toAt, kind, reason }: AbsenceRow) => ({
  id,
  resourceId,
  from: fromAt.toISOString(),
  to: toAt.toISOString(),
  kind: { code: kind, label: ABSENCES[kind] },
  reason,
});

function calendarRoutes(means: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/hearing-resources/:id/calendar.ics",
      tag,
      summary: "场所或者法院人员的开庭日历（ICS，只有案号，没有姓名）",
      params: idParams,
      answers: { 200: "text/calendar" },
      async handle({ actor, params }) {
        const text = await printCalendar(means, actor, params.id);
        return {
          status: 200,
          bytes: Buffer.from(text, "utf8"),
          headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, no-store" },
        };
      },
    }),
    route({
      method: "POST",
      path: "/hearing-resources/:id/calendar",
      tag,
      summary: "从其他日历（ICS）导入不能安排的时间；再次导入以新的为准",
      params: idParams,
      body: calendarBody,
      answers: { 200: calendarImported },
      async command(work, { params, body }) {
        return ok({ count: await importCalendar(work, params.id, body.ics) });
      },
    }),
  ];
}
