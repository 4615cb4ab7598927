import { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { PUBLIC_ROLES } from "#core/actor.ts";
import {
  DEFAULT_LIMIT,
  idField,
  itemsOf,
  line,
  listOf,
  momentView,
  movesView,
  page,
  paging,
  stateView,
} from "#core/fields.ts";
import { type AnyRoute, ok, type Policy, route } from "#http/route.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { findCaseType, findCause, readCaseNumber } from "#modules/reference/index.ts";
import { problem } from "./problems.ts";
import { type CaseRow, findCaseRow, listCaseRows } from "./store.ts";
import { caseWorkflow } from "./workflow.ts";

const TAG = "case";
const READERS = [...PUBLIC_ROLES, "clerk", "supervisor", "judge", "court_clerk"] as const;
const SIDES: Readonly<Record<string, string>> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };

export const casePolicy: Policy = {
  "GET /cases": READERS,
  "GET /cases/:id": READERS,
  "GET /cases/:id/timeline": READERS,
};

const named = z.object({ code: z.string(), name: z.string() });
const caseView = z
  .object({
    id: z.string(),
    number: z.string(),
    state: stateView,
    moves: movesView,
    court: named,
    cause: named,
    caseType: named,
    title: z.string(),
    filedOn: z.string(),
    acceptedOn: z.string(),
    amountFen: z.number().int().nullable(),
    parties: z.array(z.object({ side: z.string(), sideLabel: z.string(), name: z.string() })),
    filingId: z.string(),
  })
  .meta({ id: "Case" });
const timelineView = itemsOf(z.object({ at: momentView, kind: z.string(), title: z.string(), detail: z.string() }));

const caseQuery = z.strictObject({
  number: line(64).optional(),
  party: line(100).optional(),
  state: z.enum(Object.keys(caseWorkflow.states) as [keyof typeof caseWorkflow.states]).optional(),
  ...paging,
  cursor: idField.optional(),
});
const idParams = z.strictObject({ id: idField });

export function caseRoutes(means: Means): readonly AnyRoute[] {
  const { database, vault } = means;
  return [
    route({
      method: "GET",
      path: "/cases",
      tag: TAG,
      summary: "案件：按案号（任何写法）、当事人姓名查找",
      query: caseQuery,
      answers: { 200: listOf(caseView) },
      async handle({ actor, query: { number, party, state, cursor, limit = DEFAULT_LIMIT } }) {
        const filter = {
          number: number ? canonicalNumber(number) : undefined,
          partyIndex: party ? vault.index("name", party) : undefined,
          state,
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
      summary: "案件详情",
      params: idParams,
      answers: { 200: caseView },
      async handle({ actor, params }) {
        const [view] = await presentCases(means, actor, [await findCaseRow(database, actor, params.id)]);
        return ok(view);
      },
    }),
    route({
      method: "GET",
      path: "/cases/:id/timeline",
      tag: TAG,
      summary: "案件进程",
      params: idParams,
      answers: { 200: timelineView },
      async handle({ actor, params }) {
        const row = await findCaseRow(database, actor, params.id);
        const events = await database.read<{ at: Date; kind: string; title: string; detail: Buffer | null }>(
          "SELECT at, kind, title, detail FROM case_event WHERE case_id = ? ORDER BY at, id",
          [row.id],
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

async function presentCases({ database, vault }: Means, actor: Actor, rows: readonly CaseRow[]) {
  if (rows.length === 0) return [];
  const parties = await database.read<{ caseId: string; side: string; name: Buffer }>(
    `SELECT case_id AS caseId, side, name FROM case_party WHERE case_id IN (${rows.map(() => "?").join(",")}) ORDER BY case_id, position`,
    rows.map(({ id }) => id),
  );
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      state: caseWorkflow.present(row.state),
      moves: caseWorkflow.open(row.state, actor.role),
      court: { code: row.courtCode, name: await nameOfCourt(row.courtCode) },
      cause: { code: row.causeCode, name: findCause(row.causeCode).name },
      caseType: { code: row.caseTypeCode, name: findCaseType(row.caseTypeCode).name },
      title: vault.open(row.title, `case ${row.sealRef}`),
      filedOn: row.filedOn,
      acceptedOn: row.acceptedOn,
      amountFen: row.amountFen === null ? null : Number(row.amountFen),
      parties: parties
        .filter(({ caseId }) => caseId === row.id)
        .map(({ side, name }) => ({
          side,
          sideLabel: SIDES[side] ?? side,
          name: vault.open(name, `case ${row.sealRef}`),
        })),
      filingId: row.filingId,
    })),
  );
}
