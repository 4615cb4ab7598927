import { randomUUID } from "node:crypto";
import { isStaff, type Role } from "#core/actor.ts";
import { Problem } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { type CourtCase, holdCaseFor, writeCaseEvent } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { bookHearing } from "./book.ts";
import { checkFixed, endOf } from "./fix-check.ts";
import { Hearing, HearingOption } from "./model.ts";
import { beginNegotiation } from "./negotiate-store.ts";
import { problem } from "./problems.ts";
import { setReminders } from "./remind.ts";
import type { Resource } from "./resources.ts";
import { seatInterpreter } from "./resources-interpreter.ts";
import { roomsFor } from "./resources-rooms.ts";
import type { Scheduling } from "./schema.ts";
import { seatCase } from "./seat.ts";
import { inWords } from "./slots-words.ts";
import { type Seat, seatsOf } from "./store.ts";
import { HEARING_KINDS, hearingWorkflow, SCHEDULERS } from "./workflow.ts";

/**
 * A new sitting of a case: at a fixed time, or with dates of which the parties strike what does not suit them. Throws what
 * `checkFixed` and `bookHearing` throw, `hearing.not_bench`, `hearing.case_over`, `hearing.no_judge`, `hearing.open_already`.
 */
export async function scheduleHearing(work: Work, means: Means, caseId: string, given: Scheduling): Promise<Hearing> {
  const courtCase = await holdCaseFor(work, caseId);
  mustBeBench(work, courtCase);
  if (courtCase.state !== "accepted") throw problem("hearing.case_over");
  if (!courtCase.judgeId) throw problem("hearing.no_judge");
  if (!given.isPublic && !given.closedReason) throw problem("hearing.closed_reason");
  if ((given.startsAt === undefined) === (given.options === undefined)) throw problem("hearing.how");
  const round = await nextRound(work, caseId, given.kind);
  const options = given.options === undefined ? null : checkOptions(work, given);
  const first = options?.[0]?.startsAt ?? new Date(given.startsAt as string);
  const hearing = await Hearing.create(
    {
      sealRef: randomUUID().replaceAll("-", ""),
      caseId,
      courtCode: courtCase.courtCode,
      kind: given.kind,
      mode: given.mode,
      round,
      state: hearingWorkflow.start,
      minutes: given.minutes,
      orderAt: first,
      isPublic: given.isPublic,
      closedReason: given.isPublic ? null : (given.closedReason ?? null),
      interpreter: given.interpreter || null,
      expiresAt: options ? new Date(given.expiresAt as string) : null,
      createdAt: work.at,
      createdBy: work.actor.accountId,
    },
    { transaction: work.tx },
  );
  await seatCase(work, courtCase, String(hearing.id), given.assessors);
  if (!options) await fixHearing(work, means, hearing, first, given.roomId ?? null);
  else {
    await HearingOption.bulkCreate(
      options.map((one, n) => ({ hearingId: String(hearing.id), ordinal: n + 1, ...one })),
      { transaction: work.tx },
    );
    await beginNegotiation(work, hearing, { purpose: "first", turn: 1, expiresAt: hearing.expiresAt as Date });
    await work.emit({
      name: "hearing.proposed",
      ...aboutHearing(hearing),
      expiresAt: (hearing.expiresAt as Date).toISOString(),
    });
  }
  return hearing;
}

/**
 * Gives a proposed sitting its time: books everybody and the room (of in-person sittings one is found where none is named),
 * writes the course of the case and tells it. The caller holds the hearing.
 */
export async function fixHearing(
  work: Work,
  means: Means,
  hearing: Hearing,
  startsAt: Date,
  roomId: string | null,
): Promise<void> {
  const state = hearingWorkflow.next(hearing.state, "fix", settlingRole(work));
  const endsAt = endOf(startsAt, hearing.minutes);
  const seats = await seatsOf(work, String(hearing.id));
  const room = await bookSomeRoom(work, means, hearing, seats, { startsAt, endsAt, roomId });
  await hearing.update({ state, expiresAt: null, version: hearing.version + 1 }, { transaction: work.tx });
  const courtCase = await holdCaseFor(work, String(hearing.caseId), { anyway: true });
  await writeCaseEvent(
    work,
    means.vault,
    { id: String(courtCase.id), sealRef: courtCase.sealRef },
    {
      kind: "hearing",
      source: `hearing:${hearing.id}:${hearing.version}`,
      title: `${HEARING_KINDS[hearing.kind]}已排期`,
      detail: `${inWords(startsAt, endsAt)}${room?.name ? `，${room.name}` : ""}`,
    },
  );
  await work.emit({ name: "hearing.fixed", ...aboutHearing(hearing), ...timesOf(hearing) });
  await setReminders(work, hearing);
}

/** As whom a time is settled: a party that answers last settles nothing by itself, the rule does. */
export const settlingRole = ({ actor }: Work): Role => (isStaff(actor) ? actor.role : "system");

interface Wanted {
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Null: any that is free, where one is needed. */
  readonly roomId: string | null;
}
/** Books everybody with the first room that nobody takes away meanwhile. */
export async function bookSomeRoom(
  work: Work,
  { database }: Pick<Means, "database">,
  hearing: Hearing,
  given: readonly Seat[],
  { startsAt, endsAt, roomId }: Wanted,
): Promise<Resource | null> {
  const seats = await seatInterpreter(work, hearing, given, startsAt, endsAt);
  const rooms = await roomsFor(work, hearing, roomId, startsAt, endsAt);
  for (const [n, room] of rooms.entries()) {
    await checkFixed(work, within(work, database), hearing, seats, startsAt, endsAt, room?.id ?? null);
    try {
      await bookHearing(work, hearing, seats, startsAt, endsAt, room?.id ?? null);
      return room;
    } catch (error) {
      if (n === rooms.length - 1 || !isOnlyRoom(error, room)) throw error;
    }
  }
  throw problem("hearing.no_room");
}

function isOnlyRoom(error: unknown, room: Resource | null): boolean {
  if (!(error instanceof Problem) || error.code !== "hearing.taken" || !room) return false;
  const { taken, someone } = error.extras.members as { taken: readonly { id: string }[]; someone: boolean };
  return !someone && taken.every(({ id }) => id === room.id);
}

/** Those of this case, and whoever answers for the court's time. Throws `hearing.not_bench`. */
export function mustBeBench({ actor }: Work, courtCase: CourtCase): void {
  if (actor.role === "system" || actor.role === "supervisor") return;
  const bench = [courtCase.judgeId, courtCase.courtClerkId, ...courtCase.panelIds.split(",")].map(String);
  if (!(SCHEDULERS as readonly string[]).includes(actor.role) || !bench.includes(actor.accountId))
    throw problem("hearing.not_bench");
}

export const aboutHearing = (hearing: Hearing) => ({
  about: `hearing:${hearing.id}`,
  courtCode: hearing.courtCode,
  hearingId: String(hearing.id),
  caseId: String(hearing.caseId),
  kind: hearing.kind,
  mode: hearing.mode,
});
export const timesOf = ({ startsAt, endsAt }: Hearing) => ({
  startsAt: (startsAt as Date).toISOString(),
  endsAt: (endsAt as Date).toISOString(),
});

/** One live sitting of a kind at a time; the next round begins when the last one was held or came to nothing. */
async function nextRound(work: Work, caseId: string, kind: string): Promise<number> {
  const rows = await work.query<{ round: number; state: string }>(
    "SELECT round, state FROM hearing WHERE case_id = ? AND kind = ?",
    [caseId, kind],
  );
  if (rows.some(({ state }) => ["proposed", "fixed", "notified"].includes(state)))
    throw problem("hearing.open_already");
  return Math.max(0, ...rows.map(({ round }) => Number(round))) + 1;
}

function checkOptions(
  work: Work,
  { options = [], expiresAt }: Scheduling,
): { startsAt: Date; roomId: string | null }[] {
  const sorted = options
    .map((one) => ({ startsAt: new Date(one.startsAt), roomId: one.roomId ?? null }))
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  const distinct = new Set(sorted.map(({ startsAt }) => startsAt.getTime()));
  if (sorted.length < 2 || sorted.length > 8 || distinct.size < sorted.length) throw problem("hearing.options");
  if (sorted.some(({ startsAt }) => startsAt.getTime() % 900_000 !== 0)) throw problem("hearing.time");
  const expiry = expiresAt === undefined ? null : new Date(expiresAt);
  if (!expiry || expiry <= work.at || expiry >= (sorted[0]?.startsAt as Date)) throw problem("hearing.expiry");
  return sorted;
}
