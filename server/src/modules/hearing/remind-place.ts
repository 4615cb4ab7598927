import type { Database } from "#core/database.ts";
import { listResources } from "./resources.ts";
import type { HearingRow } from "./store.ts";

/** Where a sitting is, in words for a message: the courtroom, that it is on the screen, or both. */
export async function placeOfHearing(database: Database, { mode, roomId }: Pick<HearingRow, "mode" | "roomId">) {
  const [room] = roomId === null ? [] : await listResources(database, { ids: [roomId] });
  if (mode === "online") return "在线法庭";
  const name = room?.name ?? "";
  return mode === "mixed" ? `${name}（同意在线的在线参加）` : name;
}
