import type { Work } from "#core/work.ts";
import { quartersOf } from "./book.ts";
import { type Hearing, HearingSeat } from "./model.ts";
import { listResources } from "./resources.ts";
import { problem } from "./slots-problems.ts";
import { type Seat, seatsOf } from "./store.ts";

/**
 * Gives the language a sitting needs (民诉法§11) an interpreter who is free, in the place of the one it had. A court that keeps
 * no list for the language finds one by itself: nobody's time is kept then. Gives the seats as they are now. Throws 409
 * `hearing.no_interpreter`.
 */
export async function seatInterpreter(
  work: Work,
  hearing: Hearing,
  seats: readonly Seat[],
  startsAt: Date,
  endsAt: Date,
): Promise<readonly Seat[]> {
  if (!hearing.interpreter) return seats;
  const listed = (await listResources(work, { courtCode: hearing.courtCode, kinds: ["interpreter"] })).filter(
    ({ language, closedAt }) => language === hearing.interpreter && closedAt === null,
  );
  if (listed.length === 0) return seats;
  const quarters = quartersOf(startsAt, endsAt);
  const ids = listed.map(({ id }) => id);
  const places = ids.map(() => "?").join(",");
  const taken = await work.query<{ id: string }>(
    `SELECT resource_id AS id FROM hearing_booking WHERE resource_id IN (${places}) AND quarter BETWEEN ? AND ? AND hearing_id <> ?
     UNION SELECT resource_id FROM resource_absence WHERE resource_id IN (${places}) AND to_at > ? AND from_at < ?`,
    [...ids, quarters[0] ?? 0, quarters.at(-1) ?? 0, String(hearing.id), ...ids, startsAt, endsAt],
  );
  const busy = new Set(taken.map(({ id }) => String(id)));
  const had = seats.find(({ role }) => role === "interpreter");
  const chosen = had && !busy.has(had.resourceId ?? "") ? had.resourceId : ids.find((id) => !busy.has(id));
  if (!chosen) throw problem("hearing.no_interpreter");
  if (had)
    await HearingSeat.update({ resourceId: chosen, booked: true }, { where: { id: had.id }, transaction: work.tx });
  else
    await HearingSeat.create(
      { hearingId: String(hearing.id), resourceId: chosen, role: "interpreter", booked: true },
      { transaction: work.tx },
    );
  return seatsOf(work, String(hearing.id));
}
