import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { quartersOf } from "./book.ts";
import type { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import { listResources, type Resource } from "./resources.ts";

/**
 * The rooms a sitting may be given, the best first: the one named, or those that are free at the time; `[null]` where none is
 * needed. Throws 422 `hearing.room`, 409 `hearing.no_room`.
 */
export async function roomsFor(
  work: Work,
  { courtCode, mode }: Pick<Hearing, "courtCode" | "mode">,
  roomId: string | null,
  startsAt: Date,
  endsAt: Date,
): Promise<(Resource | null)[]> {
  const kinds = mode === "online" ? (["online_room", "courtroom"] as const) : (["courtroom"] as const);
  if (roomId !== null) {
    const [room] = await listResources(work, { courtCode, kinds, ids: [roomId] });
    if (!room || room.closedAt) throw problem("hearing.room");
    return [room];
  }
  const rooms = (await listResources(work, { courtCode, kinds: [kinds[0]] })).filter(({ closedAt }) => !closedAt);
  // A court that keeps no list of online rooms has as many as it needs.
  if (mode === "online" && rooms.length === 0) return [null];
  const free = await freeOf(work, rooms, startsAt, endsAt);
  if (free.length === 0) throw problem("hearing.no_room");
  return free;
}

/** 在线法庭, 在线接访室 of a court that may be booked. */
export async function listRooms(
  from: Pick<Database, "read">,
  courtCode: string,
): Promise<{ id: string; name: string }[]> {
  const rooms = await listResources(from, { courtCode, kinds: ["online_room"] });
  return rooms.filter(({ closedAt }) => !closedAt).map(({ id, name }) => ({ id, name }));
}

async function freeOf(work: Work, rooms: readonly Resource[], startsAt: Date, endsAt: Date): Promise<Resource[]> {
  if (rooms.length === 0) return [];
  const quarters = quartersOf(startsAt, endsAt);
  const ids = rooms.map(({ id }) => id);
  const places = ids.map(() => "?").join(",");
  const taken = await work.query<{ id: string }>(
    `SELECT DISTINCT resource_id AS id FROM hearing_booking WHERE resource_id IN (${places}) AND quarter BETWEEN ? AND ?
     UNION SELECT resource_id FROM resource_absence WHERE resource_id IN (${places}) AND to_at > ? AND from_at < ?`,
    [...ids, quarters[0] ?? 0, quarters.at(-1) ?? 0, ...ids, startsAt, endsAt],
  );
  const busy = new Set(taken.map(({ id }) => String(id)));
  return rooms.filter(({ id }) => !busy.has(id));
}
