import type { Database } from "#core/database.ts";
import type { MaterialKind } from "./kinds.ts";
import type { MaterialState } from "./workflow.ts";

/** How far the materials of one owner are, for the check before handing in. */
export interface MaterialFacts {
  readonly total: number;
  readonly ready: number;
  /** Being looked into. */
  readonly scanning: number;
  /** Announced, and not here yet. */
  readonly awaited: number;
  readonly refused: number;
  /** Ready ones by kind; kinds without any are left out. */
  readonly byKind: Readonly<Record<string, number>>;
  /** In their order. */
  readonly readyIds: readonly string[];
  /** Of the ready ones, where they have pages. */
  readonly pages: number;
}

/** Read outside transactions: whoever holds the owner's row keeps the list as it is. */
export async function materialFacts(database: Database, ownerKind: string, ownerId: string): Promise<MaterialFacts> {
  const rows = await database.read<{ id: string; kind: MaterialKind; state: MaterialState; pages: number | null }>(
    "SELECT id, kind, state, pages FROM material WHERE owner_kind = ? AND owner_id = ? AND live = 1 ORDER BY position, id",
    [ownerKind, ownerId],
  );
  const ready = rows.filter(({ state }) => state === "ready");
  const byKind: Record<string, number> = {};
  for (const { kind } of ready) byKind[kind] = (byKind[kind] ?? 0) + 1;
  const count = (...states: MaterialState[]) => rows.filter(({ state }) => states.includes(state)).length;
  return {
    total: rows.length,
    ready: ready.length,
    scanning: count("scanning"),
    awaited: count("pending", "uploading"),
    refused: count("refused"),
    byKind,
    readyIds: ready.map(({ id }) => String(id)),
    pages: ready.reduce((sum, { pages }) => sum + (pages ?? 0), 0),
  };
}
