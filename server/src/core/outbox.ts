import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  Op,
  type Sequelize,
  type Transaction,
} from "sequelize";
import type { Actor, Role } from "#core/actor.ts";
import { code, count, id, maybeCode, maybeMoment, moment, reference } from "#core/columns.ts";
import { type Database, inBites } from "#core/database.ts";

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
/** A listener to everything that happens: `audit`. */
export type ListenerToAll = (event: AppEvent, facts: EventFacts) => Promise<void>;

const LEASE_MS = 30_000;
const MAX_BACKOFF_MS = 15 * 60_000;
const BATCH = 20;

/** What happened, waiting to be told. A row is written with the change it tells of; a row due later is a timer. */
export class Outbox extends Model<InferAttributes<Outbox>, InferCreationAttributes<Outbox>> {
  declare id: CreationOptional<string>;
  declare name: EventName;
  declare about: string;
  declare courtCode: string | null;
  declare payload: string;
  declare actorId: string;
  declare role: Role;
  declare requestId: string | null;
  declare at: Date;
  declare attempts: CreationOptional<number>;
  /** Not to be told before. Claiming a row moves this forward, so a crashed worker's rows come back. */
  declare dueAt: Date;
  declare doneAt: CreationOptional<Date | null>;
}

export function defineOutbox(sequelize: Sequelize): void {
  Outbox.init(
    {
      id: id(),
      name: code(64),
      about: code(64),
      courtCode: maybeCode(16),
      payload: { type: DataTypes.TEXT, allowNull: false },
      actorId: reference(),
      role: code(16),
      requestId: maybeCode(64),
      at: moment(),
      attempts: count(),
      dueAt: moment(),
      doneAt: maybeMoment(),
    },
    { sequelize, tableName: "outbox" },
  );
}

interface Recording {
  readonly actor: Actor;
  readonly at: Date;
  readonly tx: Transaction;
  readonly requestId: string | null;
}

export async function recordEvent(
  { actor, at, tx, requestId }: Recording,
  event: AppEvent,
  dueAt: Date,
): Promise<void> {
  const { name, about, courtCode, ...payload } = event;
  await Outbox.create(
    {
      name,
      about,
      courtCode,
      payload: JSON.stringify(payload),
      actorId: actor.accountId,
      role: actor.role,
      requestId,
      at,
      dueAt,
    },
    { transaction: tx },
  );
}

export interface Deliverer {
  readonly database: Sequelize;
  readonly subscribers: readonly Subscribers[];
  readonly listeners: readonly ListenerToAll[];
  /** The agreed time (see Clock). */
  now(): Promise<Date>;
  failed(row: { id: string; name: string; attempts: number }, error: unknown): void;
}

/** Tells what is due, oldest first, each event at least once. Gives how many were told. */
export async function deliver({ database, subscribers, listeners, now, failed }: Deliverer): Promise<number> {
  let told = 0;
  for (const row of await claim(database, await now())) {
    try {
      await tell(row, subscribers, listeners);
      await row.update({ doneAt: await now() });
      told += 1;
    } catch (error) {
      failed(row, error);
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
      [new Date(now.getTime() + MAX_BACKOFF_MS)],
    ),
  ]);
  return {
    due: Number(due?.due ?? 0),
    oldestSeconds: due?.oldest ? Math.max(0, (now.getTime() - due.oldest.getTime()) / 1000) : 0,
    failing: failing.map((each) => ({ ...each, count: Number(each.count), attempts: Number(each.attempts) })),
  };
}

/** No outside system is spoken to while rows are locked: they are marked, and the lock let go. */
function claim(database: Sequelize, now: Date): Promise<Outbox[]> {
  return database.transaction(async (tx) => {
    const due = await Outbox.findAll({
      where: { doneAt: null, dueAt: { [Op.lte]: now } },
      order: [
        ["dueAt", "ASC"],
        ["id", "ASC"],
      ],
      limit: BATCH,
      lock: tx.LOCK.UPDATE,
      skipLocked: true,
      transaction: tx,
    });
    for (const row of due) {
      const attempts = row.attempts + 1;
      const wait = Math.min(LEASE_MS * 2 ** (attempts - 1), MAX_BACKOFF_MS);
      await row.update({ attempts, dueAt: new Date(now.getTime() + wait) }, { transaction: tx });
    }
    return due;
  });
}

async function tell(
  row: Outbox,
  subscribers: readonly Subscribers[],
  listeners: readonly ListenerToAll[],
): Promise<void> {
  const event = { name: row.name, about: row.about, courtCode: row.courtCode, ...JSON.parse(row.payload) } as AppEvent;
  const { actorId, role, at, requestId } = row;
  const facts: EventFacts = { eventId: row.id, actorId: String(actorId), role, at, requestId };
  for (const listen of listeners) await listen(event, facts);
  for (const table of subscribers) {
    const listen = table[row.name] as ((event: AppEvent, facts: EventFacts) => Promise<void>) | undefined;
    await listen?.(event, facts);
  }
}
