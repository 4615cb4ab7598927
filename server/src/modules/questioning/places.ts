import { createHash } from "node:crypto";
import { isDuplicate } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { readHours } from "#modules/court/index.ts";
import { problem } from "./problems.ts";
import { PLACE_KINDS, type PlaceKind } from "./workflow.ts";

export interface CustodyPlace {
  readonly id: string;
  readonly kind: PlaceKind;
  readonly name: string;
  readonly phone: string;
  readonly hours: string;
  readonly rooms: readonly string[];
  readonly closedAt: Date | null;
  readonly version: number;
}
export interface PlaceFacts {
  readonly kind: PlaceKind;
  readonly name: string;
  readonly phone: string;
  readonly hours: string;
  readonly rooms: readonly string[];
  readonly closed?: boolean | undefined;
}
type Ask = Work["query"];

export async function listPlaces(ask: Ask, courtCode: string): Promise<CustodyPlace[]> {
  const rows = await ask<Omit<CustodyPlace, "rooms"> & { rooms: string }>(
    `SELECT id, kind, name, phone, hours, rooms, closed_at AS closedAt, version FROM custody_place WHERE court_code = ? ORDER BY name LIMIT 500`,
    [courtCode],
  );
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    version: Number(row.version),
    rooms: JSON.parse(row.rooms) as string[],
  }));
}

/** A place in the court's list. Throws `custody.taken`, `custody.hours`. */
export async function addPlace(work: Work, facts: PlaceFacts): Promise<string> {
  const { courtCode } = work.actor;
  if (!readHours(facts.hours)) throw problem("custody.hours");
  try {
    await work.change(
      "INSERT INTO custody_place (court_code, kind, name, phone, hours, rooms) VALUES (?, ?, ?, ?, ?, ?)",
      [courtCode, facts.kind, facts.name, facts.phone, facts.hours, JSON.stringify(facts.rooms)],
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("custody.taken");
    throw error;
  }
  const [made] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  return changed(work, String(made?.id));
}

/** What is booked there stays. Throws `custody.not_found`, `changed_meanwhile`, `taken`, `hours`. */
export async function changePlace(work: Work, id: string, version: number, facts: PlaceFacts): Promise<string> {
  const { courtCode } = work.actor;
  const [row] = await work.query<{ version: number }>(
    "SELECT version FROM custody_place WHERE id = ? AND court_code = ? FOR UPDATE",
    [id, courtCode],
  );
  if (!row) throw problem("custody.not_found");
  if (Number(row.version) !== version) throw problem("custody.changed_meanwhile");
  if (!readHours(facts.hours)) throw problem("custody.hours");
  const { kind, name, phone, hours, rooms, closed = false } = facts;
  try {
    await work.change(
      `UPDATE custody_place SET kind = ?, name = ?, phone = ?, hours = ?, rooms = ?,
         closed_at = IF(?, COALESCE(closed_at, ?), NULL), version = version + 1 WHERE id = ?`,
      [kind, name, phone, hours, JSON.stringify(rooms), closed ? 1 : 0, work.at, id],
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("custody.taken");
    throw error;
  }
  return changed(work, id);
}

async function changed(work: Work, placeId: string): Promise<string> {
  await work.emit({ name: "custody.changed", about: `custody:${placeId}`, courtCode: work.actor.courtCode, placeId });
  return placeId;
}

/**
 * A room of a custody place as it is booked: by the names of both, so that it is one and the same whichever court books it, and
 * the key of bookings lets nobody have it twice.
 */
export const custodyRoom = (place: string, room: string) => ({
  kind: "custody_room" as const,
  ref: createHash("sha256").update(`${place}\n${room}`).digest("hex"),
  courtCode: null,
  name: `${place}${room}`.slice(0, 60),
});

const MINUTE_MS = 60_000;
const MORNING_MS = 8 * 60 * MINUTE_MS;
/** Within one of the stretches in which the place is open to the court. */
export function isOpenAt({ hours }: Pick<CustodyPlace, "hours">, startsAt: Date, minutes: number): boolean {
  const from = Math.floor((startsAt.getTime() + MORNING_MS) / MINUTE_MS) % 1440;
  return (readHours(hours) ?? []).some((open) => open.from <= from && from + minutes <= open.to);
}

export const presentPlace = ({ kind, closedAt, ...place }: CustodyPlace) => ({
  ...place,
  rooms: [...place.rooms],
  kind: { code: kind, label: PLACE_KINDS[kind] },
  closed: closedAt !== null,
});
