import { randomUUID } from "node:crypto";
import type { Database } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { listAbsences } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { bookHearing, releaseBooking } from "./book.ts";
import { endOf } from "./fix-check.ts";
import { Hearing, HearingSeat } from "./model.ts";
import { problem } from "./problems.ts";
import { ensureResources, nameOf, type ResourceToBe } from "./resources.ts";
import { roomsFor } from "./resources-rooms.ts";
import { when } from "./room-store.ts";
import type { PresenceState, RoomState } from "./room-words.ts";
import type { TranscriptState } from "./transcript-store.ts";
import { hearingWorkflow, LIVE, type SeatRole, type SessionKind } from "./workflow.ts";

export interface SessionSeat {
  readonly role: SeatRole;
  /** Null: somebody who comes without an account. */
  readonly accountId: string | null;
  /** Of the court's own people: as what they are booked, and of which court they are. */
  readonly staff?: { readonly kind: "judge" | "clerk"; readonly courtCode: string };
  /** Without an account here: by what their time is kept, alike in every case. */
  readonly ref?: string;
}
export interface SessionToBe {
  readonly kind: SessionKind;
  readonly courtCode: string;
  readonly caseId: string | null;
  readonly startsAt: Date;
  readonly minutes: number;
  /** Null: any online room that is free. */
  readonly roomId: string | null;
  readonly seats: readonly SessionSeat[];
  /** Places besides the room whose time is kept too. */
  readonly places?: readonly ResourceToBe[];
}

/**
 * 接访, 提讯: a session on the rooms of hearings, with exactly the people named. Everybody's time is kept by the key that keeps it
 * for sittings, in every court at once. Gives its id. Throws `hearing.time`, `hearing.away`, `hearing.taken`, `hearing.no_room`.
 */
export async function openSession(work: Work, means: Means, given: SessionToBe): Promise<string> {
  const { kind, courtCode, caseId, startsAt, minutes, seats, places = [] } = given;
  const endsAt = endOf(startsAt, minutes);
  if (!(startsAt > work.at) || startsAt.getTime() % 900_000 !== 0 || courtDayOf(startsAt) !== lastDayOf(endsAt))
    throw problem("hearing.time");
  const ids = await ensureResources(work, [...seats.flatMap(resourceOf), ...places]);
  const placeIds = places.map((place) => ids.get(nameOf(place)) as string);
  const placed = seats.map((seat) => {
    const [resource] = resourceOf(seat);
    const resourceId = resource ? (ids.get(nameOf(resource)) ?? null) : null;
    return { role: seat.role, accountId: seat.accountId, resourceId, booked: resourceId !== null };
  });
  const [room = null] = await roomsFor(work, { courtCode, mode: "online" }, given.roomId, startsAt, endsAt);
  const roomId = room?.id ?? null;
  const resources = [...placed.flatMap(({ resourceId }) => resourceId ?? []), ...placeIds, ...(roomId ? [roomId] : [])];
  await nobodyAway(work, means, { seats, resources, startsAt, endsAt });
  const hearing = await Hearing.create(
    {
      sealRef: randomUUID().replaceAll("-", ""),
      caseId,
      courtCode,
      kind,
      mode: "online",
      round: await nextRound(work, kind, caseId),
      state: hearingWorkflow.next(hearingWorkflow.start, "fix", "system"),
      minutes,
      orderAt: startsAt,
      isPublic: false,
      createdAt: work.at,
      createdBy: work.actor.accountId,
    },
    { transaction: work.tx },
  );
  const hearingId = String(hearing.id);
  await HearingSeat.bulkCreate(
    placed.map((seat) => ({ ...seat, hearingId })),
    { transaction: work.tx },
  );
  const kept = placeIds.map((resourceId) => ({ resourceId, booked: true }));
  await bookHearing(work, hearing, [...placed, ...kept], startsAt, endsAt, roomId);
  return hearingId;
}

/** 结束 or 取消: told again it finds the session over. */
export async function endSession(work: Work, hearingId: string, action: "hold" | "cancel"): Promise<void> {
  const hearing = await Hearing.findByPk(hearingId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!hearing || !LIVE.includes(hearing.state)) return;
  const state = hearingWorkflow.next(hearing.state, action, "system");
  await hearing.update({ state, closedAt: work.at, version: hearing.version + 1 }, { transaction: work.tx });
  if (action === "cancel") await releaseBooking(work, hearingId);
}

export interface Session {
  readonly id: string;
  readonly minutes: number;
  readonly roomName: string;
  readonly room: RoomState;
  readonly openedAt: Date | null;
  readonly people: readonly {
    readonly accountId: string | null;
    readonly state: PresenceState;
    /** Was in the room, now or before. */
    readonly cameIn: boolean;
  }[];
  /** The roles of those who have checked in. */
  readonly here: readonly SeatRole[];
  readonly transcript: TranscriptState | null;
}
/** How these sessions stand now, by their id. */
export async function readSessions(
  { read }: Pick<Database, "read">,
  hearingIds: readonly string[],
): Promise<Map<string, Session>> {
  if (hearingIds.length === 0) return new Map();
  const marks = hearingIds.map(() => "?").join(",");
  const [rows, people] = await Promise.all([
    read<Omit<Session, "people" | "here">>(
      `SELECT h.id, h.minutes, COALESCE(b.name, '') AS roomName, COALESCE(r.state, 'closed') AS room, r.opened_at AS openedAt,
         t.state AS transcript
       FROM hearing h LEFT JOIN booking_resource b ON b.id = h.room_id LEFT JOIN hearing_room r ON r.hearing_id = h.id
         LEFT JOIN hearing_transcript t ON t.hearing_id = h.id
       WHERE h.id IN (${marks})`,
      [...hearingIds],
    ),
    read<{
      hearingId: string;
      accountId: string | null;
      state: PresenceState;
      role: SeatRole | null;
      firstInAt: unknown;
    }>(
      `SELECT p.hearing_id AS hearingId, p.account_id AS accountId, p.state, s.role, p.first_in_at AS firstInAt
       FROM hearing_presence p LEFT JOIN hearing_seat s ON s.id = p.seat_id WHERE p.hearing_id IN (${marks})`,
      [...hearingIds],
    ),
  ]);
  const peopleOf = (id: string) => people.filter(({ hearingId }) => String(hearingId) === id);
  return new Map(
    rows.map((row) => [
      String(row.id),
      {
        ...row,
        id: String(row.id),
        minutes: Number(row.minutes),
        openedAt: when(row.openedAt),
        here: peopleOf(String(row.id)).flatMap(({ role, state }) =>
          role !== null && (state === "waiting" || state === "in") ? [role] : [],
        ),
        people: peopleOf(String(row.id)).map(({ accountId, state, firstInAt }) => ({
          accountId: accountId === null ? null : String(accountId),
          state,
          cameIn: firstInAt !== null,
        })),
      },
    ]),
  );
}

const lastDayOf = (endsAt: Date): string => courtDayOf(new Date(endsAt.getTime() - 1));

const resourceOf = ({ accountId, staff, ref = accountId ?? undefined }: SessionSeat): ResourceToBe[] =>
  ref === undefined ? [] : [{ kind: staff?.kind ?? "person", ref, courtCode: staff?.courtCode ?? null }];

interface Kept {
  readonly seats: readonly SessionSeat[];
  readonly resources: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date;
}
/** Leave of the court's people, in whichever court they are, and times at which a room is shut. */
async function nobodyAway(work: Work, { database }: Means, { seats, resources, startsAt, endsAt }: Kept) {
  const [shut] =
    resources.length === 0
      ? []
      : await work.query(
          `SELECT a.id FROM resource_absence a JOIN booking_resource r ON r.id = a.resource_id AND r.kind <> 'person'
           WHERE a.resource_id IN (${resources.map(() => "?").join(",")}) AND a.to_at > ? AND a.from_at < ? LIMIT 1`,
          [...resources, startsAt, endsAt],
        );
  if (shut) throw problem("hearing.away");
  const day = courtDayOf(startsAt);
  for (const { accountId, staff } of seats) {
    if (!staff || accountId === null) continue;
    const span = { courtCode: staff.courtCode, from: day, until: day, staffId: accountId };
    if ((await listAbsences(within(work, database), span)).length > 0) throw problem("hearing.away");
  }
}

/** The caller holds the row of the case, where there is one. */
async function nextRound(work: Work, kind: SessionKind, caseId: string | null): Promise<number> {
  if (caseId === null) return 1;
  const [row] = await work.query<{ last: number | null }>(
    "SELECT MAX(round) AS last FROM hearing WHERE case_id = ? AND kind = ?",
    [caseId, kind],
  );
  return Number(row?.last ?? 0) + 1;
}
