import { isDuplicate } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { describeAccounts } from "#modules/account/index.ts";
import type { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import type { Seat } from "./store.ts";
import { RESOURCE_KINDS, type ResourceKind } from "./workflow.ts";

const QUARTER_MS = 900_000;

/** The quarters of an hour a sitting takes: begun ones count whole. */
export function quartersOf(startsAt: Date, endsAt: Date): number[] {
  const first = Math.floor(startsAt.getTime() / QUARTER_MS);
  const end = Math.ceil(endsAt.getTime() / QUARTER_MS);
  return Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n);
}

/**
 * Keeps the time of everybody and of the room for a hearing, and writes the times into it. The table's own key is what makes
 * sure that nobody sits in two places: one row for each of them and each quarter of an hour, whoever else is booking at this
 * moment. Rows go in the order of the key, so that two works never wait for each other. Throws 409 `hearing.taken`; then
 * nothing was written. Whether the times are good ones is asked before (`fix.ts`).
 */
export async function bookHearing(
  work: Work,
  hearing: Hearing,
  seats: readonly Pick<Seat, "resourceId" | "booked">[],
  startsAt: Date,
  endsAt: Date,
  roomId: string | null,
): Promise<void> {
  const resources = bookedBy(seats, roomId);
  const quarters = quartersOf(startsAt, endsAt);
  const rows = resources.flatMap((id) => quarters.map((quarter) => [id, quarter, String(hearing.id)] as const));
  try {
    await work.change(
      `INSERT INTO hearing_booking (resource_id, quarter, hearing_id) VALUES ${rows.map(() => "(?, ?, ?)").join(", ")}`,
      rows.flat(),
    );
  } catch (error) {
    if (isDuplicate(error)) throw await takenBy(work, resources, quarters);
    throw error;
  }
  await hearing.update({ startsAt, endsAt, orderAt: startsAt, roomId }, { transaction: work.tx });
}

/** Lets everybody's time go; in the same work that puts the hearing off, moves or cancels it. */
export async function releaseBooking(work: Work, hearingId: string): Promise<void> {
  await work.change("DELETE FROM hearing_booking WHERE hearing_id = ?", [hearingId]);
}

/** Ids of all whose time is kept, each once, in their order. */
export function bookedBy(seats: readonly Pick<Seat, "resourceId" | "booked">[], roomId: string | null): string[] {
  const ids = seats.flatMap(({ resourceId, booked }) => (booked && resourceId !== null ? [resourceId] : []));
  return [...new Set(roomId === null ? ids : [...ids, roomId])].sort((one, other) =>
    BigInt(one) < BigInt(other) ? -1 : 1,
  );
}

/** Rooms and the court's own people are named; of the public it is only said that somebody cannot come. */
async function takenBy(work: Work, resources: readonly string[], quarters: readonly number[]) {
  const rows = await work.query<{ id: string; kind: ResourceKind; ref: string; name: string }>(
    `SELECT DISTINCT r.id, r.kind, r.ref, r.name FROM hearing_booking b JOIN booking_resource r ON r.id = b.resource_id
     WHERE b.resource_id IN (${resources.map(() => "?").join(",")}) AND b.quarter BETWEEN ? AND ? ORDER BY r.id`,
    [...resources, quarters[0] ?? 0, quarters.at(-1) ?? 0],
  );
  const staff = rows.filter(({ kind }) => kind !== "person");
  const people = await describeAccounts(staff.flatMap(({ kind, ref }) => (isAccount(kind) ? [ref] : [])));
  const taken = staff.map(({ id, kind, ref, name }) => ({
    id: String(id),
    kind,
    name: isAccount(kind) ? (people.get(ref)?.displayName ?? "") : name,
  }));
  const words = taken.map(({ kind, name }) => `${RESOURCE_KINDS[kind]}${name ? `“${name}”` : ""}`);
  if (rows.length > staff.length) words.push("有诉讼参与人");
  return problem("hearing.taken", {
    detail: words.length > 0 ? `${words.join("、")}在这个时间已有安排，请另选时间或者场所。` : "",
    members: { taken, someone: rows.length > staff.length },
  });
}
const isAccount = (kind: ResourceKind): boolean => kind === "judge" || kind === "clerk";
