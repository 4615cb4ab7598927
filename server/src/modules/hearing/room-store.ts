import { type Actor, isStaff, SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { VideoRole } from "#gateways/video/port.ts";
import { findCaseRow } from "#modules/case/index.ts";
import { problem } from "./room-problems.ts";
import {
  type BreakCause,
  type BreakSource,
  type FilmState,
  type PresenceState,
  type RoomState,
  type StopReason,
  videoRole,
} from "./room-words.ts";
import {
  asSitting,
  HEARING_COLUMNS,
  type HearingRow,
  type Seat,
  type SittingRow,
  seatsOf,
  visibleTo,
} from "./store.ts";
import { isSession } from "./workflow.ts";

type Reads = Pick<Database, "read">;

/** Who asks, seen from this room: the bench runs it, the court looks in, a stranger may ask to watch. */
export type Standing = "bench" | "court" | "party" | "witness" | "spectator" | "stranger";

export interface Room {
  readonly hearing: SittingRow;
  readonly state: RoomState;
  readonly openedAt: Date | null;
  readonly endedAt: Date | null;
  readonly seats: readonly Seat[];
  readonly people: readonly Presence[];
  readonly standing: Standing;
  /** The asker's own place and presence, where they have one. */
  readonly seat: Seat | null;
  readonly own: Presence | null;
}

export interface Presence {
  readonly id: string;
  readonly seatId: string | null;
  readonly accountId: string | null;
  readonly role: VideoRole;
  readonly state: PresenceState;
  readonly name: Buffer | null;
  readonly checkedAt: Date | null;
  readonly devices: string;
  readonly checkedInAt: Date | null;
  readonly admittedAt: Date | null;
  readonly firstInAt: Date | null;
  readonly leftAt: Date | null;
  readonly seenAt: Date | null;
  readonly connection: string;
  /** The account on whose device they take part; null: their own. */
  readonly beside: string | null;
}

/** A work's own statements may give a moment as text. */
export const when = (at: Date | string | null): Date | null =>
  at === null || at instanceof Date ? at : new Date(`${at.replace(" ", "T")}Z`);

const WATCHABLE: readonly string[] = ["fixed", "notified", "held"];

/** Throws `hearing.not_found`, alike for absent, foreign and what is not open to strangers. */
export async function findRoom(database: Database, actor: Actor, id: string): Promise<Room> {
  const [found] = await database.read<HearingRow>(`SELECT ${HEARING_COLUMNS} FROM hearing h WHERE h.id = ?`, [id]);
  if (!found) throw problem("hearing.not_found");
  const row = asSitting(found);
  const hearing = { ...row, startsAt: when(row.startsAt), endsAt: when(row.endsAt) };
  const seats = await seatsOf(database, hearing.id);
  const people = await presencesOf(database, hearing.id);
  const own = people.find(({ accountId }) => accountId === actor.accountId) ?? null;
  const standing = await standingOf(database, actor, hearing, seats, own);
  if (standing === null) throw problem("hearing.not_found");
  const [room] = await database.read<{ state: RoomState; openedAt: Date; endedAt: Date | null }>(
    "SELECT state, opened_at AS openedAt, ended_at AS endedAt FROM hearing_room WHERE hearing_id = ?",
    [hearing.id],
  );
  return {
    hearing,
    state: room?.state ?? "closed",
    openedAt: when(room?.openedAt ?? null),
    endedAt: when(room?.endedAt ?? null),
    seats,
    people,
    standing,
    seat: seats.find(({ accountId }) => accountId === actor.accountId) ?? null,
    own,
  };
}

async function standingOf(
  database: Database,
  actor: Actor,
  hearing: SittingRow,
  seats: readonly Seat[],
  own: Presence | null,
): Promise<Standing | null> {
  if (isSession(hearing.kind)) return standingInSession(actor, hearing, seats);
  const { sql, values } = visibleTo(actor);
  const [visible] = await database.read(`SELECT h.id FROM hearing h WHERE h.id = ? AND ${sql}`, [
    hearing.id,
    ...values,
  ]);
  if (actor.role === "system") return "court";
  if (isStaff(actor)) {
    if (!visible) return null;
    const seat = seats.find(({ accountId }) => accountId === actor.accountId);
    if (seat && videoRole(seat.role) === "bench") return "bench";
    const { judgeId, courtClerkId } = await findCaseRow(database, SYSTEM, String(hearing.caseId));
    return [judgeId, courtClerkId].some((one) => one !== null && String(one) === actor.accountId) ? "bench" : "court";
  }
  if (visible) return "party";
  if (own?.role === "witness" || own?.role === "spectator") return own.role;
  // An interpreter is called in as a witness is, and takes part as the parties do.
  if (own) return "party";
  const open = hearing.isPublic && hearing.mode !== "in_person" && WATCHABLE.includes(hearing.state);
  return open ? "stranger" : null;
}

/** 接访, 提讯: whoever has a place, and a supervisor of the court, who looks on. */
function standingInSession(actor: Actor, hearing: SittingRow, seats: readonly Seat[]): Standing | null {
  const seat = seats.find(({ accountId }) => accountId === actor.accountId);
  if (seat) return videoRole(seat.role) === "bench" ? "bench" : "party";
  if (isStaff(actor)) return actor.role === "supervisor" && actor.courtCode === hearing.courtCode ? "court" : null;
  return actor.role === "system" ? "court" : null;
}

export async function presencesOf({ read }: Reads, hearingId: string): Promise<Presence[]> {
  const rows = await read<Presence>(
    `SELECT id, seat_id AS seatId, account_id AS accountId, role, state, name, checked_at AS checkedAt, devices,
       checked_in_at AS checkedInAt, admitted_at AS admittedAt, first_in_at AS firstInAt, left_at AS leftAt, seen_at AS seenAt, connection,
       beside
     FROM hearing_presence WHERE hearing_id = ? ORDER BY id`,
    [hearingId],
  );
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    seatId: row.seatId === null ? null : String(row.seatId),
    accountId: row.accountId === null ? null : String(row.accountId),
    checkedAt: when(row.checkedAt),
    checkedInAt: when(row.checkedInAt),
    admittedAt: when(row.admittedAt),
    firstInAt: when(row.firstInAt),
    leftAt: when(row.leftAt),
    seenAt: when(row.seenAt),
    beside: row.beside === null ? null : String(row.beside),
  }));
}

export interface Recording {
  readonly id: string;
  readonly ordinal: number;
  readonly startedAt: Date;
  readonly stoppedAt: Date | null;
  readonly reason: StopReason | "";
  /** JSON; null while they are not counted. */
  readonly files: string | null;
  readonly unfinished: number;
  readonly sha256: string | null;
  readonly film: Film | null;
}
/** 合成 of one recording. */
interface FilmFacts {
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly filmSha256: string | null;
  readonly fileKey: string | null;
}
export interface Film extends FilmFacts {
  readonly state: FilmState;
}
export async function recordingsOf({ read }: Reads, hearingId: string): Promise<Recording[]> {
  const rows = await read<Omit<Recording, "film"> & { filmState: FilmState | null } & FilmFacts>(
    `SELECT g.id, g.ordinal, g.started_at AS startedAt, g.stopped_at AS stoppedAt, g.reason, g.files, g.unfinished, g.sha256,
       f.state AS filmState, f.seconds, f.bytes, f.sha256 AS filmSha256, f.file_key AS fileKey
     FROM hearing_recording g LEFT JOIN hearing_film f ON f.recording_id = g.id WHERE g.hearing_id = ? ORDER BY g.ordinal`,
    [hearingId],
  );
  return rows.map(({ filmState, seconds, bytes, filmSha256, fileKey, ...row }) => ({
    ...row,
    id: String(row.id),
    ordinal: Number(row.ordinal),
    startedAt: when(row.startedAt) as Date,
    stoppedAt: when(row.stoppedAt),
    unfinished: Number(row.unfinished),
    film: filmState && { state: filmState, seconds, bytes: bytes === null ? null : Number(bytes), filmSha256, fileKey },
  }));
}

export interface Break {
  readonly id: string;
  readonly presenceId: string;
  readonly source: BreakSource;
  readonly cause: BreakCause | "";
  readonly note: string;
  readonly fromAt: Date;
  readonly toAt: Date | null;
}
export async function breaksOf({ read }: Reads, hearingId: string): Promise<Break[]> {
  const rows = await read<Break>(
    `SELECT id, presence_id AS presenceId, source, cause, note, from_at AS fromAt, to_at AS toAt
     FROM hearing_break WHERE hearing_id = ? ORDER BY id`,
    [hearingId],
  );
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    presenceId: String(row.presenceId),
    fromAt: when(row.fromAt) as Date,
    toAt: when(row.toAt),
  }));
}

/** 席位 as they take part: those who come to the courtroom have no place on the screen. */
export function isOnline({ mode }: Pick<HearingRow, "mode">, seat: Seat): boolean {
  if (mode === "in_person") return false;
  // The bench sits in the courtroom or before the screen, and is in the room either way.
  if (videoRole(seat.role) === "bench" || seat.partyKey === null) return true;
  return seat.mode === "online";
}
