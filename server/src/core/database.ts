import { promisify } from "node:util";
import mysql from "mysql2";
import { Sequelize, type Transaction } from "sequelize";
import { traced } from "#core/trace.ts";
import { openWriter, type WriterOptions } from "#core/writer.ts";

export type Row = Record<string, unknown>;
export type Value = string | number | bigint | boolean | Date | Buffer | null;

/** The one database: Sequelize for writes and transactions, a plain pool for hot reads. */
export interface Database {
  readonly sequelize: Sequelize;
  /** How many transactions may be under way at once on this node. */
  readonly transactions: number;
  /** The first statement of every transaction, see `Writer`. */
  readonly opening: string;
  /** Runs one prepared statement outside any transaction. BIGINT comes back as a string, DATETIME as a Date, DATE as text. */
  read<T extends object = Row>(sql: string, values?: readonly Value[]): Promise<T[]>;
  /** The plain pool itself, for the one library that keeps its own table (rate limits). */
  readonly pool: { readonly client: object; readonly name: string };
  close(): Promise<void>;
}

export interface DatabaseOptions extends WriterOptions {
  readonly poolSize?: number;
}

/**
 * A transaction that asks something outside of itself needs a second connection. Were all of them taken by transactions,
 * each would wait for another: so some are never given to one.
 */
const SPARE_CONNECTIONS = 4;

const WIRE = {
  charset: "utf8mb4",
  timezone: "Z",
  supportBigNumbers: true,
  bigNumberStrings: true,
  connectTimeout: 2000,
  dateStrings: ["DATE"],
} satisfies mysql.PoolOptions;

export function openDatabase({ poolSize = 10, ...where }: DatabaseOptions): Database {
  const { url, ssl } = where;
  const tls = ssl ? { ssl } : {};
  const writer = openWriter(where);
  const sequelize = new Sequelize(url, {
    dialect: "mysql",
    logging: false,
    timezone: "+00:00",
    // The driver reads types by itself, as for `pool`; Sequelize's reading is called for every value. Said here and not with each
    // statement: mysql2 (3.24) would make a parser for each, keep them all and look through them.
    dialectOptions: { ...WIRE, typeCast: true, stream: writer.connect, ...tls },
    define: { underscored: true, timestamps: false, freezeTableName: true },
    pool: { max: poolSize + SPARE_CONNECTIONS, min: 0, acquire: 10_000, idle: 30_000, evict: 5_000 },
    // Commits that fail must reach our own retry, which knows whether the work may be run again.
    retry: { max: 1 },
  });
  // Once for each connection: said for each transaction it would be one statement in twelve.
  sequelize.addHook("afterConnect", (connection) =>
    promisify((connection as mysql.Connection).query.bind(connection) as (sql: string, done: () => void) => void)(
      "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    ),
  );
  const pool = mysql.createPool({
    uri: url,
    ...WIRE,
    connectionLimit: poolSize,
    maxIdle: poolSize,
    idleTimeout: 30_000,
    stream: writer.connect,
    ...tls,
  });
  return {
    sequelize,
    transactions: poolSize,
    opening: writer.opening,
    pool: { client: pool, name: decodeURIComponent(new URL(url).pathname.slice(1)) },
    async read<T extends object>(sql: string, values: readonly Value[] = []): Promise<T[]> {
      return traced(
        "database read",
        () => ({ "db.statement": sql.slice(0, 200) }),
        () => retryRead(() => execute<T>(pool, sql, values)),
      );
    },
    async close() {
      writer.close();
      await Promise.all([sequelize.close(), promisify(pool.end.bind(pool))()]);
    },
  };
}

/** Sequelize would cut a moment to its second. */
const plain = (value: Value): Value =>
  value instanceof Date ? value.toISOString().replace("T", " ").replace("Z", "") : value;

/** Deletes or changes many rows in small bites, so that nobody waits for its locks. At most a million at a time. */
export async function inBites(
  database: Pick<Database, "read">,
  sql: string,
  values: readonly Value[],
): Promise<number> {
  let changed = 0;
  for (let bites = 0; bites < MOST_BITES; bites += 1) {
    const { affectedRows } = (await database.read(`${sql} LIMIT ${BITE}`, values)) as unknown as {
      affectedRows: number;
    };
    changed += affectedRows;
    if (affectedRows < BITE) break;
  }
  return changed;
}
const BITE = 1_000;
const MOST_BITES = 1_000;

/**
 * One statement in a transaction, on its own connection. Sequelize's way to it (a stack kept for the error, a copy of
 * every row) costs more than the statement. Types as those of `read`.
 */
export function ask<T>(tx: Transaction, sql: string, values: readonly Value[]): Promise<T> {
  const { connection, finished } = tx as Transaction & { connection: mysql.Connection; finished?: string };
  // The connection is somebody else's by then.
  if (finished) throw new Error(`the transaction has ended: ${finished}`);
  return new Promise((done, failed) => {
    connection.query({ sql, values: values.map(plain) }, (error, rows) => {
      if (!error) return done(rows as unknown as T);
      // The driver's stack ends in its parser: it is the statement that tells where this was asked.
      Object.assign(error, { statement: sql });
      if (error.errno !== DEADLOCK) return failed(error);
      // The database has given the transaction up: what came after would be written at once, and by itself.
      tx.rollback()
        .catch(() => undefined)
        .finally(() => failed(error));
    });
  });
}

/** The driver's promises record a stack for every statement, a twentieth of what a request costs: its callbacks do not. */
function execute<T>(pool: mysql.Pool, sql: string, values: readonly Value[]): Promise<T[]> {
  return new Promise((done, failed) => {
    pool.execute(sql, values as mysql.ExecuteValues, (error, rows) =>
      error ? failed(Object.assign(error, { statement: sql })) : done(rows as unknown as T[]),
    );
  });
}

/** A read may always be asked again: once, when the connection it was given had died or the cluster took it back. */
async function retryRead<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isConnectionLost(error) && !isLockLost(error)) throw error;
    return run();
  }
}

const LOST = new Set(["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "EPIPE", "ECONNREFUSED", "ETIMEDOUT", "ENOENT"]);
/** 1053: server shutdown in progress; 1927: connection killed. Of a cluster: 1047: the node is cut off or not ready; 1180: it was while committing. */
const GONE = new Set([1047, 1053, 1180, 1927]);

/** The driver's error behind Sequelize's wrapping. */
export function driverError(error: unknown): { code?: string; errno?: number; message?: string } {
  const wrapped = error as { parent?: object; original?: object } | null;
  return (wrapped?.parent ?? wrapped?.original ?? error ?? {}) as { code?: string; errno?: number };
}

export function isConnectionLost(error: unknown): boolean {
  const { code, errno, message = "" } = driverError(error);
  const name = (error as { name?: string } | null)?.name ?? "";
  // Asked on a connection that died unseen, the driver gives no code.
  return (
    LOST.has(code ?? "") ||
    GONE.has(errno ?? 0) ||
    /connection is in closed state/.test(message) ||
    /^SequelizeConnection|^SequelizeHostNot/.test(name)
  );
}

/** Every connection was busy for as long as anybody may wait: trying again at once makes it worse. */
export const isCrowded = (error: unknown): boolean =>
  (error as { name?: string } | null)?.name === "SequelizeConnectionAcquireTimeoutError";

const DEADLOCK = 1213;
/** Deadlock, or 1205, lock wait timeout: the loser runs the whole function again. */
export function isLockLost(error: unknown): boolean {
  const { errno } = driverError(error);
  return errno === DEADLOCK || errno === 1205;
}

/** Nothing more can be written: 1114 to a table, 3 and 1026 to a file, 1021 anywhere. What can be read is read on. */
const FULL = new Set([3, 1021, 1026, 1114]);
export const isFull = (error: unknown): boolean => FULL.has(driverError(error).errno ?? 0);

export const isDuplicate = (error: unknown): boolean => driverError(error).errno === 1062;
