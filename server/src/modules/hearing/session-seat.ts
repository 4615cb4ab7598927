import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { aboutPerson } from "./presence.ts";
import { boundTo } from "./room-enter.ts";
import { presencesOf } from "./room-store.ts";
import { type Seat, seatsOf } from "./store.ts";
import type { SeatRole } from "./workflow.ts";

/** Whoever a place was kept for has an account now. */
export async function giveSeat(work: Work, hearingId: string, role: SeatRole, accountId: string): Promise<void> {
  await work.change("UPDATE hearing_seat SET account_id = ? WHERE hearing_id = ? AND role = ?", [
    accountId,
    hearingId,
    role,
  ]);
}

export interface Beside {
  readonly role: SeatRole;
  readonly name: string;
}
/**
 * 同在一处: people without an account who sit before the device of one who has one. They come and go with it, and sign on it.
 * Named anew, those who were not in the room yet make place.
 */
export async function seatBeside(
  work: Work,
  { vault }: Pick<Means, "vault">,
  hearingId: string,
  accountId: string,
  people: readonly Beside[],
): Promise<void> {
  await work.change(
    "DELETE FROM hearing_presence WHERE hearing_id = ? AND beside IS NOT NULL AND first_in_at IS NULL",
    [hearingId],
  );
  const taken = new Set(
    (await presencesOf({ read: work.query }, hearingId)).flatMap(({ seatId }) => (seatId === null ? [] : [seatId])),
  );
  const free = (await seatsOf(work, hearingId)).filter(({ id, accountId: of }) => of === null && !taken.has(id));
  for (const { role, name } of people) {
    const at = free.findIndex((seat) => seat.role === role);
    const seatId = at < 0 ? await newSeat(work, hearingId, role) : (free.splice(at, 1)[0] as Seat).id;
    await work.change(
      `INSERT INTO hearing_presence (hearing_id, seat_id, role, state, name, checked_at, beside) VALUES (?, ?, 'party', 'invited', ?, ?, ?)`,
      [hearingId, seatId, vault.seal(name, boundTo(hearingId, seatId)), work.at, accountId],
    );
  }
  await comeAlong(work, hearingId);
}

async function newSeat(work: Work, hearingId: string, role: SeatRole): Promise<string> {
  await work.change("INSERT INTO hearing_seat (hearing_id, role, booked, mode) VALUES (?, ?, 0, 'online')", [
    hearingId,
    role,
  ]);
  const [made] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  return String(made?.id);
}

/** Whoever sits beside somebody is where they are. */
export async function comeAlong(work: Work, hearingId: string): Promise<void> {
  await work.change(
    `UPDATE hearing_presence b JOIN hearing_presence o ON o.hearing_id = b.hearing_id AND o.account_id = b.beside
     SET b.state = o.state, b.checked_in_at = COALESCE(b.checked_in_at, o.checked_in_at), b.admitted_at = o.admitted_at,
       b.first_in_at = IF(o.state = 'in', COALESCE(b.first_in_at, o.admitted_at), b.first_in_at), b.left_at = o.left_at
     WHERE b.hearing_id = ?`,
    [hearingId],
  );
}

/** They take part no more: the place, their time and the picture go. */
export async function leaveSession(
  work: Work,
  hearing: { readonly id: string; readonly caseId: string | null; readonly courtCode: string },
  accountId: string,
): Promise<void> {
  const seat = (await seatsOf(work, hearing.id)).find((one) => one.accountId === accountId);
  if (!seat) return;
  await work.change("UPDATE hearing_seat SET account_id = NULL, booked = 0 WHERE id = ?", [seat.id]);
  if (seat.resourceId !== null)
    await work.change("DELETE FROM hearing_booking WHERE hearing_id = ? AND resource_id = ?", [
      hearing.id,
      seat.resourceId,
    ]);
  const own = (await presencesOf({ read: work.query }, hearing.id)).find((one) => one.accountId === accountId);
  if (!own) return;
  await work.change("UPDATE hearing_presence SET state = 'out', left_at = ? WHERE id = ?", [work.at, own.id]);
  await work.emit({ name: "room.sent_out", ...aboutPerson(hearing, own) });
}
