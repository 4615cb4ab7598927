import type { Database } from "#core/database.ts";
import { addDays } from "#core/period.ts";
import { listAbsences } from "#modules/account/index.ts";
import { courtParameters, findCourt, type Hours, readHours } from "#modules/court/index.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { listResources, type Resource } from "./resources.ts";
import { byDay, type RoomFacts, type Sitter, type Sitting, type SlotFacts, type Span } from "./slots.ts";
import { isOnline, type Place } from "./slots-travel.ts";
import type { HearingMode } from "./workflow.ts";

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
type From = Pick<Database, "read">;

/** One who has to come, as far as their time is known. */
export interface Comer {
  readonly kind: Sitter["kind"];
  readonly resourceId: string | null;
  /** Of the court's own people. */
  readonly staffId: string | null;
  readonly online?: boolean;
}
export interface Question {
  readonly courtCode: string;
  readonly mode: HearingMode;
  readonly now: Date;
  readonly from: string;
  readonly to: string;
  readonly earliest: string;
  readonly lastDay: string | null;
  readonly comers: readonly Comer[];
  readonly language: string | null;
  /** The sitting that is to be moved: its own time stands in nobody's way. */
  readonly hearingId?: string | undefined;
  /** Only this room. */
  readonly roomId?: string | null | undefined;
}

/** Reads in a few statements what a search needs: nobody is asked about one day, or one person, at a time. */
export async function readFacts(from: From, question: Question): Promise<SlotFacts> {
  const { courtCode, mode, comers, language } = question;
  const [court, places] = await Promise.all([findCourt(courtCode), listPlaces(from, question)]);
  const rooms = places.filter(({ kind }) => kind !== "interpreter");
  const interpreters = places.filter((one) => one.kind === "interpreter" && one.language === language);
  const persons = comers.flatMap(({ kind, resourceId }) => (kind === "person" ? (resourceId ?? []) : []));
  const all = [...new Set([...comers.flatMap(({ resourceId }) => resourceId ?? []), ...places.map(({ id }) => id)])];
  const [booked, away, staffAway] = await Promise.all([
    readBooked(from, question, all, persons),
    readAway(from, question, all),
    readStaffAway(from, question),
  ]);
  const spread = <T extends Span>(spans: readonly T[] = []) => byDay(spans, question.from, question.to);
  const hours = await hoursByDay(question);
  return {
    now: question.now.getTime(),
    from: question.from,
    to: question.to,
    earliest: question.earliest,
    lastDay: question.lastDay,
    courtCode,
    division: court.divisionCode,
    online: mode === "online",
    sitters: comers.map(
      ({ kind, resourceId, staffId }): Sitter => ({
        kind,
        busy: spread(booked.get(resourceId ?? "")),
        away: spread([...(away.get(resourceId ?? "") ?? []), ...(staffAway.get(staffId ?? "") ?? [])]),
      }),
    ),
    rooms: rooms.map(
      ({ id, name, place, working }): RoomFacts => ({
        id,
        name,
        division: place,
        busy: spread(booked.get(id)),
        away: spread(away.get(id)),
        hours: working === null ? null : readHours(working),
      }),
    ),
    needsRoom: mode !== "online" || rooms.length > 0,
    interpreters:
      language === null || interpreters.length === 0
        ? null
        : interpreters.map(({ id }) => ({ busy: spread(booked.get(id)), away: spread(away.get(id)) })),
    dayOf: (day) => courtCalendar.statusOf(day),
    hoursOf: (day) => hours.get(day) ?? [],
  };
}

/** The rooms that could be had, and the court's interpreters. */
async function listPlaces(from: From, { courtCode, mode, roomId, language }: Question): Promise<Resource[]> {
  const kinds = mode === "online" ? (["online_room"] as const) : (["courtroom"] as const);
  const found = await listResources(from, {
    courtCode,
    kinds: [
      ...(roomId ? (["courtroom", "online_room"] as const) : kinds),
      ...(language ? (["interpreter"] as const) : []),
    ],
  });
  return found.filter(
    ({ id, kind, closedAt }) => closedAt === null && (!roomId || kind === "interpreter" || id === roomId),
  );
}

async function hoursByDay({ courtCode, from, to }: Question): Promise<Map<string, Hours[]>> {
  const hours = new Map<string, Hours[]>();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const { hearingHours } = await courtParameters(courtCode, day);
    hours.set(day, readHours(hearingHours) ?? []);
  }
  return hours;
}

/**
 * The sittings each is booked for, in every court. One row for each of them: the quarters of an hour are put together where
 * they lie.
 */
async function readBooked(
  from: From,
  { from: first, to, hearingId }: Question,
  ids: readonly string[],
  persons: readonly string[],
): Promise<Map<string, Sitting[]>> {
  const spans = new Map<string, Sitting[]>();
  if (ids.length === 0) return spans;
  const [begin, end] = [quarterAt(first), quarterAt(to) + DAY_MS / QUARTER_MS];
  const rows = await from.read<{ id: string; hearingId: string; first: number; last: number }>(
    `SELECT resource_id AS id, hearing_id AS hearingId, MIN(quarter) AS first, MAX(quarter) AS last FROM hearing_booking
     WHERE resource_id IN (${ids.map(() => "?").join(",")}) AND quarter BETWEEN ? AND ? GROUP BY resource_id, hearing_id`,
    [...ids, begin, end],
  );
  const others = rows.filter((row) => String(row.hearingId) !== hearingId);
  const of = new Set(persons);
  const places = await readPlaces(
    from,
    others.filter(({ id }) => of.has(String(id))).map((row) => String(row.hearingId)),
    persons,
  );
  for (const row of others) {
    const id = String(row.id);
    const list = spans.get(id) ?? [];
    const place = places.get(`${row.hearingId} ${id}`) ?? NOWHERE;
    list.push({ from: Number(row.first) * QUARTER_MS, to: (Number(row.last) + 1) * QUARTER_MS, place });
    spans.set(id, list);
  }
  return spans;
}
const NOWHERE: Place = { courtCode: "", division: null, online: false };
const quarterAt = (day: string): number => Date.parse(`${day}T00:00:00+08:00`) / QUARTER_MS;

/** Where people of the public sit elsewhere, for the way from there to here. */
async function readPlaces(from: From, hearingIds: readonly string[], persons: readonly string[]) {
  const places = new Map<string, Place>();
  const ids = [...new Set(hearingIds)];
  if (ids.length === 0) return places;
  const rows = await from.read<{
    hearingId: string;
    resourceId: string;
    mode: HearingMode;
    seatMode: string | null;
    courtCode: string;
    roomId: string | null;
  }>(
    `SELECT s.hearing_id AS hearingId, s.resource_id AS resourceId, h.mode, s.mode AS seatMode, h.court_code AS courtCode, h.room_id AS roomId
     FROM hearing_seat s JOIN hearing h ON h.id = s.hearing_id
     WHERE s.hearing_id IN (${ids.map(() => "?").join(",")}) AND s.resource_id IN (${persons.map(() => "?").join(",")})`,
    [...ids, ...persons],
  );
  // Asked for by themselves: joined, every room of the country would be read.
  const roomIds = [...new Set(rows.flatMap(({ roomId }) => (roomId === null ? [] : [String(roomId)])))];
  const rooms = new Map((await listResources(from, { ids: roomIds })).map(({ id, place }) => [id, place]));
  for (const { hearingId, resourceId, mode, seatMode, courtCode, roomId } of rows) {
    const division = rooms.get(String(roomId)) ?? (await findCourt(courtCode)).divisionCode;
    places.set(`${hearingId} ${resourceId}`, { courtCode, division, online: isOnline(mode, seatMode) });
  }
  return places;
}

async function readAway(from: From, { from: first, to }: Question, ids: readonly string[]) {
  const spans = new Map<string, Span[]>();
  if (ids.length === 0) return spans;
  const rows = await from.read<{ id: string; fromAt: Date; toAt: Date }>(
    `SELECT resource_id AS id, from_at AS fromAt, to_at AS toAt FROM resource_absence
     WHERE resource_id IN (${ids.map(() => "?").join(",")}) AND to_at > ? AND from_at < ?`,
    [...ids, new Date(quarterAt(first) * QUARTER_MS), new Date(quarterAt(addDays(to, 1)) * QUARTER_MS)],
  );
  for (const { id, fromAt, toAt } of rows)
    spans.set(String(id), [...(spans.get(String(id)) ?? []), { from: fromAt.getTime(), to: toAt.getTime() }]);
  return spans;
}

/** 不在岗 of the court's people: whole court days. */
async function readStaffAway(from: From, { courtCode, from: first, to }: Question) {
  const spans = new Map<string, Span[]>();
  for (const one of await listAbsences(from, { courtCode, from: first, until: to })) {
    const id = String(one.staffId);
    const span = { from: quarterAt(one.from) * QUARTER_MS, to: quarterAt(addDays(one.until, 1)) * QUARTER_MS };
    spans.set(id, [...(spans.get(id) ?? []), span]);
  }
  return spans;
}
