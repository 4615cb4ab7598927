import { createHash } from "node:crypto";
import { type Actor, SYSTEM } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { Problem } from "#core/problem.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { moveTime } from "./adjourn-time.ts";
import type { Hearing } from "./model.ts";
import type { Placed, Run } from "./plan.ts";
import { problem } from "./problems.ts";
import { listResources, type Resource } from "./resources.ts";
import { slotsForCase } from "./slots-case.ts";
import { problem as slotsProblem } from "./slots-problems.ts";
import { asHearing, HEARING_COLUMNS, type HearingRow, holdHearing, OF_CASES, seatsOf } from "./store.ts";

export interface Span {
  readonly resourceId: string;
  /** Court days, both counted. */
  readonly from: string;
  readonly to: string;
}
export interface Away extends Span {
  readonly reason: string;
}
/** What a time away meets: sittings, which are moved in their order, and 接访 and 提讯, which are agreed anew one by one. */
export interface Met {
  readonly resource: Resource;
  readonly sittings: HearingRow[];
  readonly sessions: HearingRow[];
}
const AHEAD_DAYS = 60;
const LONGEST_DAYS = 366;
const MOST = 200;
const TRIES = 6;

/**
 * A judge is away, a room cannot be used: every sitting of those days is given another time, none before its old one, in the
 * order they had, with time to tell everybody anew. Each is a work of its own; asked again, what was moved is not found any more.
 * Throws `resource.not_found`, `hearing.period`.
 */
export async function rescheduleAway(means: Means, run: Run, away: Away): Promise<Placed[]> {
  mustBeAhead(means.clock.now(), away);
  const { resource, sittings } = await run((work) => beginAway(work, away));
  const rows: Placed[] = [];
  let bound: Date | null = null;
  for (const { id } of sittings) {
    const row = await moveOne(means, run, { id, bound, resource, away });
    if (!row) continue;
    rows.push(row);
    if (row.hearing?.startsAt) bound = row.hearing.startsAt;
  }
  return rows;
}

/** Moves nothing: what would be met. Throws `resource.not_found`, `hearing.period`. */
export async function lookAhead({ database, clock }: Means, actor: Actor, span: Span): Promise<Met> {
  const now = clock.now();
  mustBeAhead(now, span);
  return findMet(database, actor, span, now);
}

function mustBeAhead(now: Date, { from, to }: Span): void {
  const today = courtDayOf(now);
  if (to < from || to < today || to > addDays(today, LONGEST_DAYS)) throw problem("hearing.period");
}

async function findMet(source: Database | Work, actor: Actor, { resourceId, from, to }: Span, now: Date): Promise<Met> {
  const [resource] = await listResources(source, { courtCode: actor.courtCode ?? "", ids: [resourceId] });
  if (!resource) throw problem("resource.not_found");
  const [begin, end] = [beginOf(from), beginOf(addDays(to, 1))];
  const ask = "read" in source ? source.read.bind(source) : source.query.bind(source);
  const booked = (which: string) =>
    ask<HearingRow>(
      `SELECT ${HEARING_COLUMNS} FROM hearing h WHERE h.id IN (SELECT b.hearing_id FROM hearing_booking b WHERE b.resource_id = ? AND b.quarter BETWEEN ? AND ?)
         AND ${which} AND h.state IN ('fixed', 'notified') AND h.starts_at > ? ORDER BY h.starts_at, h.id LIMIT ${MOST}`,
      [resource.id, begin.getTime() / QUARTER_MS, end.getTime() / QUARTER_MS - 1, now],
    );
  const sittings = (await booked(OF_CASES)).map(asHearing);
  return { resource, sittings, sessions: await booked(`NOT (${OF_CASES})`) };
}

/** Nothing new is put there, and what is there is found, in its order. */
async function beginAway(work: Work, { reason, ...span }: Away): Promise<Met> {
  const met = await findMet(work, work.actor, span, work.at);
  const { resource } = met;
  const { from, to } = span;
  const isRoom = resource.kind === "courtroom" || resource.kind === "online_room";
  await work.change(
    `INSERT INTO resource_absence (resource_id, from_at, to_at, kind, reason, source, by_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE reason = VALUES(reason)`,
    [
      resource.id,
      beginOf(from),
      beginOf(addDays(to, 1)),
      isRoom ? "closed" : "leave",
      reason,
      createHash("sha256").update(`away ${from} ${to}`).digest("hex"),
      work.actor.accountId,
      work.at,
    ],
  );
  return met;
}
const QUARTER_MS = 900_000;
const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

interface Moving {
  readonly id: string;
  readonly bound: Date | null;
  readonly resource: Resource;
  readonly away: Away;
}
async function moveOne(means: Means, run: Run, moving: Moving): Promise<Placed | null> {
  let caseId = "";
  try {
    const hearing = await run(async (work) => {
      const held = await holdHearing(work, moving.id);
      caseId = String(held.caseId);
      return moveHeld(work, means, held, moving);
    });
    return hearing === null ? null : { caseId, outcome: "placed", hearing, code: null, text: "" };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return { caseId, outcome: "refused", hearing: null, code: error.code, text: error.extras.detail || error.message };
  }
}

async function moveHeld(
  work: Work,
  means: Means,
  hearing: Hearing,
  { bound, resource, away }: Moving,
): Promise<Hearing | null> {
  // Meanwhile somebody may have moved or cancelled it.
  if ((hearing.state !== "fixed" && hearing.state !== "notified") || !hearing.startsAt) return null;
  const isRoom = String(hearing.roomId) === resource.id;
  const database = within(work, means.database);
  const old = hearing.startsAt;
  const first = courtDayOf(old);
  const after = bound && bound > old ? bound : old;
  const { items } = await slotsForCase(database, await findCaseRow(database, SYSTEM, String(hearing.caseId)), {
    kind: hearing.kind,
    mode: hearing.mode,
    minutes: hearing.minutes,
    from: first,
    to: addDays(away.to > first ? away.to : first, AHEAD_DAYS),
    now: work.at,
    language: hearing.interpreter,
    moving: { hearingId: String(hearing.id), seats: await seatsOf(work, String(hearing.id)) },
    choosing: { by: "time", after, most: TRIES },
  });
  let last: unknown = slotsProblem("hearing.no_slot");
  for (const slot of items) {
    if (!isRoom && slot.startsAt <= old) continue;
    try {
      await moveTime(work, means, hearing, {
        startsAt: slot.startsAt,
        roomId: slot.room?.id ?? null,
        reasonCode: "absence",
        reason: away.reason,
      });
      return hearing;
    } catch (error) {
      if (!(error instanceof Problem && /^hearing\.(taken|away|travel|no_room|notice)$/.test(error.code))) throw error;
      last = error;
    }
  }
  throw last;
}
