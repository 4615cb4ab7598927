import { performance } from "node:perf_hooks";
import type { Database } from "#core/database.ts";

/** Judges and clerks stand in every answer about a case, and are named anew once in years. */
const FRESH_MS = 60_000;
const MAX_ENTRIES = 20_000;

const known = new WeakMap<Database, Map<string, { readonly name: string; readonly at: number }>>();

/** Names of members of staff by id, for show only: a change is seen within a minute. */
export async function namesOfStaff(database: Database, ids: readonly string[]): Promise<Map<string, string>> {
  let cache = known.get(database);
  if (!cache || cache.size > MAX_ENTRIES) {
    cache = new Map();
    known.set(database, cache);
  }
  const now = performance.now();
  const missing = [...new Set(ids)].filter((id) => now - (cache.get(id)?.at ?? -FRESH_MS) >= FRESH_MS);
  if (missing.length > 0) {
    const rows = await database.read<{ id: string; name: string | null }>(
      `SELECT id, masked_name AS name FROM account WHERE id IN (${missing.map(() => "?").join(",")})`,
      missing,
    );
    for (const { id, name } of rows) cache.set(String(id), { name: name ?? "", at: now });
  }
  return new Map(ids.map((id) => [id, cache.get(id)?.name ?? ""]));
}
