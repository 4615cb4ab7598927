import type { Actor, Role } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { DEFAULT_LIMIT, page } from "#core/fields.ts";
import { addDays } from "#core/period.ts";
import { problem } from "#core/problem.ts";
import type { AuditQuery } from "./schema.ts";

export interface AuditRow {
  readonly seq: string;
  readonly at: Date;
  readonly actorId: string;
  readonly role: Role;
  readonly requestId: string | null;
  readonly name: string;
  readonly about: string;
  readonly courtCode: string | null;
  readonly payload: string;
  readonly hash: string;
}

/** Newest first. An auditor of a court sees what concerns it; one without a court sees everything. */
export async function listEntries(database: Pick<Database, "read">, actor: Actor, query: AuditQuery) {
  const { object, actor: by, name, from, to, cursor, limit = DEFAULT_LIMIT } = query;
  const where: string[] = ["TRUE"];
  const values: Value[] = [];
  const demand = (condition: string, value: Value | undefined) => {
    if (value === undefined || value === null) return;
    where.push(condition);
    values.push(value);
  };
  demand("court_code = ?", actor.courtCode);
  demand("about = ?", object);
  demand("actor_id = ?", by);
  demand("name = ?", name);
  demand("at >= ?", from && startOfDay(from));
  demand("at < ?", to && startOfDay(addDays(to, 1)));
  demand("seq < ?", cursor && readCursor(cursor));
  const rows = await database.read<AuditRow>(
    `SELECT seq, at, actor_id AS actorId, role, request_id AS requestId, name, about, court_code AS courtCode, payload, hash
       FROM audit_entry WHERE ${where.join(" AND ")} ORDER BY seq DESC LIMIT ${limit + 1}`,
    values,
  );
  return page(rows, limit, ({ seq }) => String(seq));
}

const startOfDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

function readCursor(cursor: string): string {
  if (/^[1-9]\d{0,18}$/.test(cursor)) return cursor;
  throw problem("request.invalid", {
    errors: [{ pointer: "?cursor", code: "invalid", message: "翻页标记无效，请从第一页重新查看" }],
  });
}
