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

/** Told events are kept for 7 days, to look back at, then removed in small bites. */
export async function forgetTold(database: Sequelize, before: Date): Promise<void> {
  await Outbox.destroy({ where: { doneAt: { [Op.lt]: before } }, limit: 1000 });
  void database;
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
