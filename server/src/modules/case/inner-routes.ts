import { z } from "zod";
import { DEFAULT_LIMIT, idField, listOf, momentView, page, paging, stateView } from "#core/fields.ts";
import { type AnyRoute, ok, route } from "#http/route.ts";
import type { Means } from "#modules/module.ts";
import { replayInnerFeed } from "./inner-feed.ts";

const STATES = { waiting: "等待前面的事项", applied: "已生效", refused: "未能生效" } as const;
type State = keyof typeof STATES;
/** A place in the feed, as the inner system names it. */
const place = z.string().regex(/^[\x21-\x7e]{1,64}$/, "请填写内部系统给出的位置");

const eventView = z.object({
  id: z.string(),
  innerId: z.string(),
  caseNumber: z.string(),
  sequence: z.number().int(),
  kind: z.string(),
  state: stateView,
  reason: z.string(),
  happenedAt: momentView,
  receivedAt: momentView,
});
const eventQuery = z.strictObject({
  state: z.enum(Object.keys(STATES) as [State, ...State[]]).optional(),
  ...paging,
  cursor: idField.optional(),
});

/** What the court's inner system told, for those who keep the connection going; no facts of a case stand in it. */
export function innerRoutes({ database }: Means): readonly AnyRoute[] {
  return [
    route({
      method: "GET",
      path: "/inner-events",
      tag: "case",
      summary: "内部系统告知的案件进程：等待、未能生效的",
      query: eventQuery,
      answers: { 200: listOf(eventView) },
      async handle({ actor, query: { state, cursor, limit = DEFAULT_LIMIT } }) {
        // The series of case numbers begin with the court's own short name.
        const where = ["case_number LIKE ?"];
        const values: string[] = [`（____）${actor.courtCode}%`];
        if (state) where.push("state = ?") && values.push(state);
        if (cursor) where.push("id < ?") && values.push(cursor);
        const rows = await database.read<{
          id: string;
          innerId: string;
          caseNumber: string;
          sequence: number;
          kind: string;
          state: State;
          reason: string;
          happenedAt: Date;
          receivedAt: Date;
        }>(
          `SELECT id, inner_id AS innerId, case_number AS caseNumber, sequence, kind, state, reason, happened_at AS happenedAt,
             received_at AS receivedAt
           FROM inner_event WHERE ${where.join(" AND ")} ORDER BY id DESC LIMIT ${Number(limit) + 1}`,
          values,
        );
        const { items, nextCursor } = page(rows, limit, ({ id }) => String(id));
        return ok({
          items: items.map((row) => ({
            ...row,
            id: String(row.id),
            state: { code: row.state, label: STATES[row.state] },
            happenedAt: row.happenedAt.toISOString(),
            receivedAt: row.receivedAt.toISOString(),
          })),
          nextCursor,
        });
      },
    }),
    route({
      method: "POST",
      path: "/inner-events/replay",
      tag: "case",
      summary: "从某一位置重新读取内部系统的进程（已有的不会重复生效）",
      key: "required",
      body: z.strictObject({ after: place.nullable() }),
      answers: { 200: z.object({ after: z.string().nullable() }) },
      async command(work, { body: { after } }) {
        await replayInnerFeed(work, after);
        return ok({ after });
      },
    }),
  ];
}
