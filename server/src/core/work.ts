import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ResultSetHeader } from "mysql2";
import type { Transaction } from "sequelize";
import type { Actor } from "#core/actor.ts";
import type { Clock } from "#core/clock.ts";
import { ask, type Database, isConnectionLost, isCrowded, isLockLost, type Row, type Value } from "#core/database.ts";
import { gate } from "#core/gate.ts";
import { type AppEvent, type Recorded, recordEvents } from "#core/outbox.ts";
import { problem } from "#core/problem.ts";
import { traced } from "#core/trace.ts";

/**
 * One unit of work: who asks, when, and the transaction everything is written in. A use case takes one as its
 * first argument; nothing that writes can be called without it.
 */
export interface Work {
  readonly actor: Actor;
  /** The database's time when the work began (UTC). */
  readonly at: Date;
  readonly tx: Transaction;
  readonly requestId: string | null;
  /**
   * Records an event, in the same transaction and at its end. It is told after the commit, at least once; with `dueAt`, not
   * before then; in the name of the actor, or of another, who has only just shown who they are.
   */
  emit(event: AppEvent, options?: { readonly dueAt?: Date | undefined; readonly by?: Actor }): Promise<void>;
  /** A plain statement in this transaction, for what Sequelize cannot say. */
  query<T extends object = Row>(sql: string, values?: readonly Value[]): Promise<T[]>;
  /** A plain write in this transaction; gives the number of rows changed. */
  change(sql: string, values?: readonly Value[]): Promise<number>;
}

export interface TransactOptions {
  readonly requestId?: string | null;
  /** True where running the body again after an unknown COMMIT cannot do the thing twice. */
  readonly repeatable?: boolean;
}
export type Transact = <T>(actor: Actor, body: (work: Work) => Promise<T>, options?: TransactOptions) => Promise<T>;

const TRIES = 5;
/** How long a request waits for its turn before it is told to come again. */
const PATIENCE_MS = 10_000;

/** Raised by a body that wants the whole transaction run again, with fresh eyes. */
export class RunAgain extends Error {}

/** `emitted` is called after a commit that recorded events. */
export function transactor(database: Database, clock: Clock, emitted: () => void = () => undefined): Transact {
  const unavailable = () => problem("service.unavailable", { retryAfter: 2 });
  const door = gate(database.transactions, PATIENCE_MS, unavailable);
  return async (actor, body, { requestId = null, repeatable = false } = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      let finished = false;
      const events: Recorded[] = [];
      try {
        const once = () =>
          database.sequelize.transaction(async (tx) => {
            const work = await beginWork(database, clock, actor, tx, requestId, events);
            const result = await body(work);
            await recordEvents(work, events);
            finished = true;
            return result;
          });
        const committed = await door.pass(() => traced("database transaction", () => ({ attempt }), once));
        if (events.some(({ dueAt }) => dueAt === null)) emitted();
        return committed;
      } catch (error) {
        if (isCrowded(error)) throw unavailable();
        const lost = isConnectionLost(error);
        // An answer lost at COMMIT is unknown: it may only be run again where a repeat finds the first one.
        const again = error instanceof RunAgain || isLockLost(error) || (lost && (!finished || repeatable));
        if (again && attempt < TRIES) {
          await sleep(randomInt(5, 20) * 2 ** attempt);
          continue;
        }
        if (lost || isLockLost(error)) throw unavailable();
        throw error;
      }
    }
  };
}

async function beginWork(
  database: Database,
  clock: Clock,
  actor: Actor,
  tx: Transaction,
  requestId: string | null,
  events: Recorded[],
): Promise<Work> {
  const query = <T extends object>(sql: string, values: readonly Value[] = []) => ask<T[]>(tx, sql, values);
  const [row] = await query<{ now: Date | string; here: number }>(database.opening);
  if (!row?.here) throw Object.assign(new Error("this node is not written to any more"), { code: "ECONNRESET" });
  const at = clock.shifted(asDate(row.now));
  return {
    actor,
    at,
    tx,
    requestId,
    query,
    async change(sql, values = []) {
      const { affectedRows } = await ask<ResultSetHeader>(tx, sql, values);
      return affectedRows;
    },
    async emit(event, { dueAt = null, by = actor } = {}) {
      events.push({ event, by, dueAt });
    },
  };
}

function asDate(value: Date | string): Date {
  if (value instanceof Date) return value;
  return new Date(`${String(value).replace(" ", "T")}Z`);
}
