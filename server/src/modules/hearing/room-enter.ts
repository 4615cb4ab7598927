import { randomBytes } from "node:crypto";
import { type Actor, isStaff } from "#core/actor.ts";
import { isDuplicate } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { VideoRole } from "#gateways/video/port.ts";
import { clearAttempts, findIdentity, requireVerified, takeAttempt } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { aboutPerson, noteBack } from "./presence.ts";
import { problem } from "./room-problems.ts";
import type { Devices } from "./room-schema.ts";
import { isOnline, type Presence, type Room } from "./room-store.ts";
import { videoRole } from "./room-words.ts";

const HOUR_MS = 3_600_000;
/** 签到: from two hours before the hour that was fixed. */
export const EARLY_MS = 2 * HOUR_MS;
/** 再次验证身份 (在线诉讼规则§7) holds for one sitting, not for the next day's. */
const CHECK_MS = 12 * HOUR_MS;
const MAX_PEOPLE = 60;

/** True where the person must prove again who they are: the court's own people and officers have just done so. */
export const needsIdentity = (actor: Actor, own: Presence | null, now: Date): boolean =>
  !isStaff(actor) &&
  actor.role !== "officer" &&
  (!own?.checkedAt || now.getTime() - own.checkedAt.getTime() > CHECK_MS);

/**
 * 再次验证身份, before the work: the last six of the document number, counted against guessing, then the register asked anew. Throws
 * `account.unverified`, `room.identity`, `room.identity_tries`, `room.identity_register`.
 */
export async function verifyAgain(means: Means, actor: Actor, idTail: string | undefined): Promise<void> {
  const { vault, gateways, transact } = means;
  await transact(actor, requireVerified);
  const index = vault.index("hearing room identity", actor.accountId);
  const wait = await transact(actor, (work) => takeAttempt(work, index));
  if (wait > 0) throw problem("room.identity_tries", { retryAfter: wait });
  const identity = await findIdentity(vault, actor.accountId);
  const tail = identity?.idNumber.slice(-6).toUpperCase() ?? "";
  if (!identity || !idTail || tail !== idTail.toUpperCase())
    throw problem("room.identity", {
      errors: [{ pointer: "/idTail", code: "mismatch", message: "请核对证件号码后六位" }],
    });
  const { name, idType, idNumber } = identity;
  const { match } = await gateways.identity.check({ name, idType, idNumber });
  // What the register cannot say was looked at by a person of the court once, and stands.
  if (match === "mismatch") throw problem("room.identity_register");
  await transact(actor, (work) => clearAttempts(work, index));
}

/** 签到: in the lobby, or straight in for the bench. Throws why the person may not take part on the screen. */
export async function checkIn(
  work: Work,
  room: Room,
  { devices, verified }: { devices: Devices; verified: boolean },
): Promise<void> {
  const { own, seat, hearing } = room;
  mayTakePart(room, work.at);
  const role: VideoRole = own?.role ?? (seat ? videoRole(seat.role) : "bench");
  const isBench = room.standing === "bench";
  const found = JSON.stringify(devices);
  const stays = own?.state === "in";
  const state = isBench || stays ? "in" : "waiting";
  const checkedAt = verified ? work.at : (own?.checkedAt ?? null);
  if (own) {
    await work.change(
      `UPDATE hearing_presence SET state = ?, checked_at = ?, devices = ?, checked_in_at = COALESCE(checked_in_at, ?), seen_at = ?,
         admitted_at = IF(? = 'in', COALESCE(admitted_at, ?), admitted_at), first_in_at = IF(? = 'in', COALESCE(first_in_at, ?), first_in_at)
       WHERE id = ?`,
      [state, checkedAt, found, work.at, work.at, state, work.at, state, work.at, own.id],
    );
    if (stays) await noteBack(work, room, own);
    await work.emit({ name: "room.checked_in", ...aboutPerson(hearing, own) });
    return;
  }
  const inAt = state === "in" ? work.at : null;
  await insertPerson(work, [
    hearing.id,
    seat?.id ?? null,
    work.actor.accountId,
    role,
    state,
    checkedAt,
    found,
    work.at,
    inAt,
  ]);
  const id = await lastPerson(work, hearing.id);
  await work.emit({ name: "room.checked_in", ...aboutPerson(hearing, { id, role }) });
}

async function insertPerson(work: Work, values: Parameters<Work["change"]>[1] & readonly unknown[]): Promise<void> {
  const [hearingId, seatId, accountId, role, state, checkedAt, devices, at, inAt] = values;
  try {
    await work.change(
      `INSERT INTO hearing_presence (hearing_id, seat_id, account_id, role, state, checked_at, devices, checked_in_at, seen_at, admitted_at, first_in_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [hearingId, seatId, accountId, role, state, checkedAt, devices, at, at, inAt, inAt] as never,
    );
  } catch (error) {
    if (isDuplicate(error)) throw problem("room.who");
    throw error;
  }
}

async function lastPerson(work: Work, hearingId: string): Promise<string> {
  const [row] = await work.query<{ id: string }>(
    "SELECT id FROM hearing_presence WHERE hearing_id = ? AND account_id = ?",
    [hearingId, work.actor.accountId],
  );
  return String(row?.id);
}

/** Throws why this person may not be on the screen. */
export function mayTakePart(room: Room, now: Date): void {
  const { hearing, standing, own, seat } = room;
  if (room.state === "ended") throw problem("room.ended");
  if (standing === "court" || standing === "stranger") throw problem("room.not_seated");
  if (hearing.mode === "in_person") throw problem("room.in_person");
  if (!hearing.startsAt || !["fixed", "notified", "held"].includes(hearing.state)) throw problem("room.ended");
  if (room.state === "closed" && now.getTime() < hearing.startsAt.getTime() - EARLY_MS) throw problem("room.too_early");
  if (standing !== "party" || own?.role === "witness") return;
  if (!seat && !own) throw problem("room.not_seated");
  if (!seat || isOnline(hearing, seat)) return;
  throw problem(seat.mode === "in_person" ? "room.in_person" : "room.no_consent");
}

/** 申请旁听 (在线诉讼规则§27): of a public hearing, by somebody whose identity is known; the court lets them in or does not. */
export async function askToWatch(work: Work, room: Room): Promise<void> {
  if (room.standing !== "stranger") throw problem("room.who");
  if (room.state === "ended") throw problem("room.ended");
  if (room.people.length >= MAX_PEOPLE) throw problem("room.invited_many");
  await requireVerified(work);
  const { hearing } = room;
  await insertPerson(work, [hearing.id, null, work.actor.accountId, "spectator", "waiting", null, "", work.at, null]);
  const id = await lastPerson(work, hearing.id);
  await work.emit({ name: "room.checked_in", ...aboutPerson(hearing, { id, role: "spectator" }) });
}

export interface Invited {
  readonly path: string;
  readonly name: string;
}
/** 邀请证人、翻译: a place, and a link that only this person's own account opens. */
export async function invite(
  work: Work,
  { vault }: Means,
  room: Room,
  { role, name }: { role: "witness" | "interpreter" | "guardian"; name: string },
): Promise<Invited> {
  if (room.people.length >= MAX_PEOPLE) throw problem("room.invited_many");
  const { hearing } = room;
  const word = randomBytes(32).toString("base64url");
  const index = vault.index("hearing invitation", word);
  await work.change("INSERT INTO hearing_seat (hearing_id, role, booked, mode) VALUES (?, ?, 0, 'online')", [
    hearing.id,
    role,
  ]);
  const [seat] = await work.query<{ id: string }>(
    "SELECT MAX(id) AS id FROM hearing_seat WHERE hearing_id = ? AND role = ?",
    [hearing.id, role],
  );
  const seatId = String(seat?.id);
  await work.change(
    "INSERT INTO hearing_presence (hearing_id, seat_id, role, state, name, invite_index) VALUES (?, ?, ?, 'invited', ?, ?)",
    [
      hearing.id,
      seatId,
      role === "witness" ? "witness" : "party",
      vault.seal(name, boundTo(hearing.id, seatId)),
      index,
    ],
  );
  const [made] = await work.query<{ id: string }>("SELECT id FROM hearing_presence WHERE invite_index = ?", [index]);
  const person = { id: String(made?.id), role: role === "witness" ? ("witness" as const) : ("party" as const) };
  await work.emit({ name: "room.invited", ...aboutPerson(hearing, person) });
  return { path: `/#/pages/hearing/room?id=${hearing.id}&word=${word}`, name };
}

export const boundTo = (hearingId: string, seatId: string): string => `hearing ${hearingId} seat ${seatId}`;

/** The invited person's own account takes the place: verified, and of the name that was invited. */
export async function acceptInvitation(work: Work, means: Means, hearingId: string, word: string): Promise<void> {
  const { vault } = means;
  const index = vault.index("hearing invitation", word);
  const [found] = await work.query<{ id: string; seatId: string; name: Buffer; accountId: string | null }>(
    `SELECT id, seat_id AS seatId, name, account_id AS accountId FROM hearing_presence
     WHERE hearing_id = ? AND invite_index = ? FOR UPDATE`,
    [hearingId, index],
  );
  if (!found) throw problem("room.invitation");
  const { accountId } = work.actor;
  if (found.accountId !== null && String(found.accountId) !== accountId) throw problem("room.invitation");
  await requireVerified(work);
  const identity = await findIdentity(vault, accountId, work.tx);
  const seatId = String(found.seatId);
  if (!identity || !sameName(identity.name, vault.open(found.name, boundTo(hearingId, seatId))))
    throw problem("room.invitation_name");
  try {
    await work.change("UPDATE hearing_presence SET account_id = ? WHERE id = ?", [accountId, found.id]);
  } catch (error) {
    // A party is no witness in the same matter.
    if (isDuplicate(error)) throw problem("room.invitation");
    throw error;
  }
  await work.change("UPDATE hearing_seat SET account_id = ? WHERE id = ?", [accountId, seatId]);
}

const sameName = (one: string, other: string): boolean => one.normalize("NFC") === other.normalize("NFC");
