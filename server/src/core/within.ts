import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";

/** The same reads, seen from inside a work: they find what it has written and not yet committed. */
export function within(work: Work, database: Database): Database {
  return { ...database, read: (sql, values) => work.query(sql, values) };
}
