import { performance } from "node:perf_hooks";
import type { Role } from "#core/actor.ts";
import { ask, type Database, inBites, type Value } from "#core/database.ts";

/** What every event says, besides its own facts: which object it is about and whose court. No personal data. */
export interface EventBase {
  /** `filing:12`, `account:7`: kind and id of the object. */
  readonly about: string;
  readonly courtCode: string | null;
}

/** Every event has a past-tense name; modules widen this map with what they emit. */
// biome-ignore lint/suspicious/noEmptyInterface: modules declare their events into it
export interface EventMap {}
export type EventName = keyof EventMap;
export type AppEvent = { [Name in EventName]: { readonly name: Name } & EventBase & EventMap[Name] }[EventName];

/** Who made it happen and when, as told to listeners. */
export interface EventFacts {
  readonly eventId: string;
  readonly actorId: string;
  readonly role: Role;
  readonly at: Date;
  readonly requestId: string | null;
}
export type Told<Name extends EventName> = EventBase & EventMap[Name];
export type Subscribers = { [Name in EventName]?: (event: Told<Name>, facts: EventFacts) => Promise<void> };
/** What is told to those who hear of everything. */
export interface Heard {
  readonly event: AppEvent;
  readonly facts: EventFacts;
}
/** A listener to everything that happens, many events at a time: `audit`. */
export type ListenerToAll = (told: readonly Heard[]) => Promise<void>;

const LEASE_SECONDS = 30;
const MAX_BACKOFF_SECONDS = 15 * 60;
const BATCH = 20;

/** What happened, waiting to be told: a row of `outbox`, written with the change it tells of. One due later is a timer. */
export interface Recorded {
  readonly event: AppEvent;
  readonly by: { readonly accountId: string; readonly role: Role };
  /** Null: at once. */
  readonly dueAt: Date | null;
}
interface Recording {
  readonly at: Date;
  readonly requestId: string | null;
  change(sql: string, values: readonly Value[]): Promise<number>;
}

/** Writes down what a work did, all in one statement. */
export async function recordEvents({ at, requestId, change }: Recording, events: readonly Recorded[]): Promise<void> {
  if (events.length === 0) return;
  await change(
    `INSERT INTO outbox (name, about, court_code, payload, actor_id, role, request_id, at, due_at)
     VALUES ${events.map(() => "(?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
    events.flatMap(({ event: { name, about, courtCode, ...payload }, by, dueAt }) => [
      name,
      about,
      // Of a row that was only just made, what nobody set is undefined.
      courtCode ?? null,
      JSON.stringify(payload),
      by.accountId,
      by.role,
      requestId,
      at,
      dueAt ?? at,
    ]),
  );
}

export interface Deliverer {
  readonly database: Database;
  readonly subscribers: readonly Subscribers[];
  readonly listeners: readonly ListenerToAll[];
  /** The agreed time (see Clock). */
  now(): Promise<Date>;
  failed(row: { id: string; name: string; attempts: number }, error: unknown): void;
}

/** Tells what is due, oldest first, each event at least once. Gives how many were told. */
export async function deliver({ database, subscribers, listeners, now, failed }: Deliverer): Promise<number> {
  const [began, beganAt] = [performance.now(), await now()];
  const claimed = await claim(database, beganAt, failed);
  if (claimed.length === 0) return 0;
  const fail = ({ facts, event, attempts }: Claimed, error: unknown) =>
    failed({ id: facts.eventId, name: event.name, attempts }, error);
  let told = 0;
  for (const each of await hear(claimed, listeners, fail)) {
    try {
      await tell(each, subscribers);
      const doneAt = new Date(beganAt.getTime() + performance.now() - began);
      await database.read("UPDATE outbox SET done_at = ? WHERE id = ?", [doneAt, each.facts.eventId]);
      told += 1;
    } catch (error) {
      fail(each, error);
    }
  }
  return told;
}

/** Told events stay for a while, to look back at. */
export const forgetTold = ({ database }: { database: Pick<Database, "read"> }, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM outbox WHERE done_at < ?", [before]);

export interface Waiting {
  /** Due, and not taken up by anybody yet. */
  readonly due: number;
  readonly oldestSeconds: number;
  /** Tried again and again without success, by name. */
  readonly failing: readonly { readonly name: string; readonly count: number; readonly attempts: number }[];
}

/** What waits to be told. An event is failing from its third attempt on. */
export async function waitingEvents(database: Pick<Database, "read">, now: Date): Promise<Waiting> {
  const [[due], failing] = await Promise.all([
    database.read<{ due: number; oldest: Date | null }>(
      "SELECT COUNT(*) AS due, MIN(due_at) AS oldest FROM outbox WHERE done_at IS NULL AND due_at <= ?",
      [now],
    ),
    // Whatever was tried comes back within the longest wait; timers of the months to come are not looked at.
    database.read<{ name: string; count: number; attempts: number }>(
      `SELECT name, COUNT(*) AS count, MAX(attempts) AS attempts FROM outbox
        WHERE done_at IS NULL AND due_at <= ? AND attempts >= 3 GROUP BY name ORDER BY count DESC LIMIT 20`,
      [new Date(now.getTime() + MAX_BACKOFF_SECONDS * 1_000)],
    ),
  ]);
  return {
    due: Number(due?.due ?? 0),
    oldestSeconds: due?.oldest ? Math.max(0, (now.getTime() - due.oldest.getTime()) / 1000) : 0,
    failing: failing.map((each) => ({ ...each, count: Number(each.count), attempts: Number(each.attempts) })),
  };
}

interface Claimed extends Heard {
  /** This one included. */
  readonly attempts: number;
}
interface OutboxRow {
  readonly id: string;
  readonly name: EventName;
  readonly about: string;
  readonly courtCode: string | null;
  readonly payload: string;
  readonly actorId: string;
  readonly role: Role;
  readonly requestId: string | null;
  readonly at: Date;
  readonly attempts: number;
}

/**
 * No outside system is spoken to while rows are locked: they are marked, and the lock let go. Claiming moves a row's time
 * forward, so that the rows of a worker that died come back.
 */
async function claim({ sequelize }: Database, now: Date, failed: Deliverer["failed"]): Promise<Claimed[]> {
  const rows = await sequelize.transaction(async (tx) => {
    const due = await ask<OutboxRow[]>(
      tx,
      `SELECT id, name, about, court_code AS courtCode, payload, actor_id AS actorId, role, request_id AS requestId, at, attempts
       FROM outbox WHERE done_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [now],
    );
    if (due.length > 0)
      await ask(
        tx,
        `UPDATE outbox SET
           due_at = TIMESTAMPADD(SECOND, LEAST(${LEASE_SECONDS} * POW(2, LEAST(attempts, 10)), ${MAX_BACKOFF_SECONDS}), ?),
           attempts = attempts + 1
         WHERE id IN (${due.map(() => "?").join(", ")})`,
        [now, ...due.map(({ id }) => id)],
      );
    return due;
  });
  return rows.flatMap(({ id, name, about, courtCode, payload, actorId, role, requestId, at, attempts: before }) => {
    const [eventId, attempts] = [String(id), before + 1];
    try {
      const event = { name, about, courtCode, ...JSON.parse(payload) } as AppEvent;
      return [{ event, facts: { eventId, actorId: String(actorId), role, at, requestId }, attempts }];
    } catch (error) {
      // What a hand has spoilt in the table holds up nobody else.
      failed({ id: eventId, name, attempts }, error);
      return [];
    }
  });
}

/** Those that all listeners have heard: all at once; where that fails each alone, so that none holds up another. */
async function hear(
  claimed: readonly Claimed[],
  listeners: readonly ListenerToAll[],
  fail: (each: Claimed, error: unknown) => void,
): Promise<readonly Claimed[]> {
  try {
    for (const listen of listeners) await listen(claimed);
    return claimed;
  } catch (error) {
    const heard: Claimed[] = [];
    if (claimed.length === 1) for (const each of claimed) fail(each, error);
    else for (const each of claimed) heard.push(...(await hear([each], listeners, fail)));
    return heard;
  }
}

async function tell({ event, facts }: Heard, subscribers: readonly Subscribers[]): Promise<void> {
  for (const table of subscribers) {
    const listen = table[event.name] as ((event: AppEvent, facts: EventFacts) => Promise<void>) | undefined;
    await listen?.(event, facts);
  }
}
