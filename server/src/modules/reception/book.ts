import { nextNumber } from "#core/counter.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { courtParameters, findCourt } from "#modules/court/index.ts";
import { endSession, listRooms, openSession, remindersOf, type SessionSeat } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { aboutReception } from "./ask.ts";
import type { Reception } from "./model.ts";
import { problem } from "./problems.ts";
import type { Times } from "./schema.ts";

/**
 * 约定时间: one session for the petitioner, who receives them in this court and in the one above, and who keeps the record. Their
 * time and the room's are kept by the key of all hearings. An earlier time is let go in the same work. Throws
 * `reception.receiver`, `reception.notice`, and what `openSession` throws.
 */
export async function bookReception(
  work: Work,
  means: Means,
  row: Reception,
  given: Omit<Times, "action">,
): Promise<void> {
  const { courtCode, upperCode } = row;
  const startsAt = new Date(given.startsAt);
  const day = courtDayOf(startsAt);
  if (!row.soon && day < (await earliestDay(courtCode, work.at))) throw problem("reception.notice");
  const again = row.hearingId !== null && row.state === "booked";
  if (again) await endSession(work, String(row.hearingId), "cancel");
  const seats = await seatsFor(work, row, given);
  const { minutes, roomId = null } = given;
  const hearingId = await openSession(work, means, {
    kind: "petition",
    courtCode,
    caseId: null,
    startsAt,
    minutes,
    roomId,
    seats,
  });
  const keepsDay = again && row.startsAt && courtDayOf(row.startsAt) === day;
  const dayNumber = keepsDay ? row.dayNumber : await nextNumber(work, `reception ${courtCode} ${day}`);
  await row.update(
    {
      hearingId,
      startsAt,
      endsAt: new Date(startsAt.getTime() + minutes * 60_000),
      dayNumber,
      receiverId: given.receiverId,
      upperReceiverId: upperCode === null ? null : (given.upperReceiverId ?? null),
      declined: null,
      clerkId: given.clerkId ?? null,
    },
    { transaction: work.tx },
  );
  await work.emit({ name: "reception.booked", ...aboutReception(row), startsAt: startsAt.toISOString(), again });
  for (const { before, at } of remindersOf(startsAt, work.at)) {
    if (before === "7d" || before === "3d") continue;
    await work.emit(
      { name: "reception.reminder", ...aboutReception(row), startsAt: startsAt.toISOString() },
      { dueAt: at },
    );
  }
}

/** The first day of which the petitioner can be told in time. */
export async function earliestDay(courtCode: string, now: Date): Promise<string> {
  const today = courtDayOf(now);
  const { receptionNoticeDays } = await courtParameters(courtCode, today);
  return addDays(today, receptionNoticeDays);
}

async function seatsFor(
  work: Work,
  { courtCode, upperCode, accountId }: Reception,
  { receiverId, upperReceiverId, clerkId }: Pick<Times, "receiverId" | "upperReceiverId" | "clerkId">,
): Promise<SessionSeat[]> {
  const wanted = [
    { id: receiverId, role: "receiver", staffRole: "judge", kind: "judge", court: courtCode },
    { id: upperReceiverId, role: "receiver", staffRole: "judge", kind: "judge", court: upperCode },
    { id: clerkId, role: "clerk", staffRole: "court_clerk", kind: "clerk", court: courtCode },
  ] as const;
  const seats: SessionSeat[] = [{ role: "petitioner", accountId: String(accountId) }];
  for (const { id, role, staffRole, kind, court } of wanted) {
    if (id === undefined) continue;
    const known = court === null ? [] : await listStaffOf(court, [staffRole], work.tx);
    if (court === null || !known.some((one) => String(one.id) === id)) throw problem("reception.receiver");
    seats.push({ role, accountId: id, staff: { kind, courtCode: court } });
  }
  return seats;
}

/** Whom and where the window may choose from. */
export async function listChoices(
  work: Work,
  means: Means,
  { courtCode, upperCode }: Pick<Reception, "courtCode" | "upperCode">,
) {
  const people = async (court: string | null, role: "judge" | "court_clerk") =>
    court === null ? [] : (await listStaffOf(court, [role], work.tx)).map(({ id, name }) => ({ id: String(id), name }));
  return {
    receivers: await people(courtCode, "judge"),
    clerks: await people(courtCode, "court_clerk"),
    upperReceivers: await people(upperCode, "judge"),
    rooms: await listRooms(within(work, means.database), (await findCourt(courtCode)).code),
    earliest: await earliestDay(courtCode, work.at),
  };
}
