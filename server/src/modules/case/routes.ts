import { type Actor, isStaff, PUBLIC_ROLES } from "#core/actor.ts";
import type { Value } from "#core/database.ts";
import { DEFAULT_LIMIT, itemsOf, listOf, page } from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { readCaseNumber } from "#modules/reference/index.ts";
import { listBench } from "./bench.ts";
import { delegationRoutes } from "./delegation-routes.ts";
import { innerRoutes } from "./inner-routes.ts";
import { languageRoutes } from "./language-routes.ts";
import { limitRoutes } from "./limit-routes.ts";
import { participantRoutes } from "./participant-routes.ts";
import { actsFor } from "./powers.ts";
import { presentCase, presentCases } from "./present.ts";
import { problem } from "./problems.ts";
import { benchView, caseQuery, caseView, idParams, timelineView } from "./schema.ts";
import { findCaseRow, listCaseRows } from "./store.ts";

const TAG = "case";
const COURT = ["clerk", "supervisor", "judge", "court_clerk"] as const;
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

export const casePolicy: Policy = {
  "GET /cases": READERS,
  "GET /cases/:id": READERS,
  "GET /cases/:id/timeline": READERS,
  "POST /cases/join": PUBLIC_ROLES,
  "POST /cases/agents": PUBLIC_ROLES,
  "GET /case-agencies": PUBLIC_ROLES,
  "GET /cases/:id/participants": READERS,
  "POST /cases/:id/participants/:participantId/moves": READERS,
  "GET /cases/:id/languages": READERS,
  "PUT /cases/:id/languages": READERS,
  "POST /cases/:id/languages/moves": COURT,
  "GET /interpreter-needs": COURT,
  "GET /cases/:id/access-codes": COURT,
  "POST /cases/:id/access-codes": COURT,
  "POST /cases/:id/moves": COURT,
  "GET /case-staff": COURT,
  "GET /delegations": PUBLIC_ROLES,
  "POST /delegations": ["lawyer"],
  "POST /delegations/lookup": PUBLIC_ROLES,
  "POST /delegations/decide": PUBLIC_ROLES,
  "POST /delegations/:id/moves": PUBLIC_ROLES,
  "GET /inner-events": ["supervisor", "admin"],
  "POST /inner-events/replay": ["admin"],
  "GET /cases/:id/time-limit": READERS,
  "POST /cases/:id/time-limit/moves": ["judge", "court_clerk", "supervisor"],
};

export function caseRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  return [
    route({
      method: "GET",
      path: "/cases",
      tag: TAG,
      scope: "cases:read",
      summary: "案件：按案号（任何写法）、当事人姓名查找",
      query: caseQuery,
      answers: { 200: listOf(caseView) },
      async handle({
        actor,
        query: { text, number, party, state, court, cause, mine, cursor, limit = DEFAULT_LIMIT },
      }) {
        const read = text ? readCaseNumber(text) : null;
        const name = party ?? (read ? undefined : text);
        const filter = {
          number: number ? canonicalNumber(number) : read?.canonical,
          partyIndex: name ? vault.index("name", name) : undefined,
          state,
          courtCode: court,
          causeCode: cause,
          benchOf: mine && isStaff(actor) ? actor.accountId : undefined,
          before: cursor,
          limit,
        };
        const { items, nextCursor } = page(await listCaseRows(database, actor, filter), limit, ({ id }) => id);
        return ok({ items: await presentCases(means, actor, items), nextCursor });
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id",
      tag: TAG,
      scope: "cases:read",
      summary: "案件详情",
      params: idParams,
      answers: { 200: caseView },
      async handle({ actor, params }) {
        return ok(await presentCase(means, actor, params.id));
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/timeline",
      tag: TAG,
      scope: "cases:read",
      summary: "案件进程",
      params: idParams,
      answers: { 200: timelineView },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        const read = linesFor(actor);
        const events = await database.read<{ at: Date; kind: string; title: string; detail: Buffer | null }>(
          `SELECT e.at, e.kind, e.title, e.detail FROM case_event e WHERE e.case_id = ? AND ${read.sql} ORDER BY e.at, e.id`,
          [row.id, ...read.values],
        );
        return ok({
          items: events.map(({ at, kind, title, detail }) => ({
            at: at.toISOString(),
            kind,
            title,
            detail: detail ? vault.open(detail, `case ${row.sealRef}`) : "",
          })),
        });
      },
    }),
    route({
      method: "GET",
      path: "/case-staff",
      tag: TAG,
      summary: "本院可以审理、记录案件的人员和各自在办案件数",
      answers: { 200: itemsOf(benchView) },
      handle: async ({ actor }) => ok({ items: await listBench(database, actor.courtCode ?? "") }),
    }),
    ...participantRoutes(means),
    ...languageRoutes(means),
    ...limitRoutes(means),
    ...delegationRoutes(means),
    ...innerRoutes(means),
  ];
}

function canonicalNumber(text: string): string {
  const read = readCaseNumber(text);
  if (!read)
    throw problem("case.number_unreadable", {
      errors: [{ pointer: "?number", code: "invalid", message: "案号格式不正确" }],
    });
  return read.canonical;
}

/** What is one party's until the court tells the others (审判流程公开规定§8) is read by the court and by who acts for that party. */
function linesFor(actor: Actor): { sql: string; values: readonly Value[] } {
  if (isStaff(actor)) return { sql: "TRUE", values: [] };
  const own = actsFor(actor, "e");
  return { sql: `(e.party_key IS NULL OR ${own.sql})`, values: own.values };
}
