import { performance } from "node:perf_hooks";
import type { Actor, Role } from "#core/actor.ts";
import type { Clock } from "#core/clock.ts";
import { type Database, isConnectionLost } from "#core/database.ts";
import { problem as common } from "#core/problem.ts";
import { problem } from "./problems.ts";
import type { AccessTokens } from "./tokens.ts";

/** A session as the store has it; revocation, role and court therefore take effect within this time on every node. */
const FRESH_MS = 900;
const TOUCH_MS = 60_000;
const MAX_ENTRIES = 20_000;

interface Facts {
  readonly accountId: string;
  readonly role: Role;
  readonly courtCode: string | null;
  readonly state: string;
  /** The database's time when this was read, in ms. */
  readonly now: number;
  readonly expires: number;
  readonly ended: boolean;
  readonly ownRightOnly: boolean;
  readonly idleMs: number;
  seen: number;
}
interface Entry {
  /** When the question was put to the store: what is older than the question is not known. */
  readonly askedAt: number;
  readonly facts: Promise<Facts | null>;
  accountId: string | null;
}

let handlesOthers: (account: string) => string = () => "TRUE";
/** `case` stands above this module and says here, in SQL, whether an account handles anything for somebody else. */
export function othersHandledBy(given: (account: string) => string): void {
  handlesOthers = given;
}
export const ownRightColumn = (account: string): string => `NOT (${handlesOthers(account)}) AS ownRightOnly`;

const caches = new Set<Map<string, Entry>>();

/** Drops what this node remembers of an account's sessions, so that a change holds here at once. */
export function forgetSessions(accountId: string): void {
  for (const cache of caches) {
    // An answer still under way may be of the time before the change: it goes too.
    for (const [id, entry] of cache) if (entry.accountId === accountId || entry.accountId === null) cache.delete(id);
  }
}

interface IdentifyMeans {
  readonly database: Database;
  readonly clock: Clock;
  readonly tokens: AccessTokens;
}

/** Who stands behind `Bearer <access token>`: null without one, 401 `session.ended` for one that is no good (any more). */
export function identifyBy({
  database,
  clock,
  tokens,
}: IdentifyMeans): (authorization: string) => Promise<Actor | null> {
  const cache = new Map<string, Entry>();
  caches.add(cache);

  return async (authorization) => {
    if (authorization === "") return null;
    const token = /^Bearer ([A-Za-z0-9_.-]{1,2000})$/i.exec(authorization)?.[1];
    const claims = token ? tokens.read(token) : null;
    if (!claims) throw problem("session.ended");
    const { facts, askedAt } = await recall(claims.sessionId);
    if (!facts || facts.accountId !== claims.accountId || facts.ended || facts.state !== "active")
      throw problem("session.ended");
    const now = agreedNow(facts, askedAt);
    if (now >= claims.expires * 1000 || now >= facts.expires || now >= facts.seen + facts.idleMs)
      throw problem("session.ended");
    const { accountId, role, courtCode, ownRightOnly } = facts;
    return { accountId, role, courtCode, ownRightOnly, sessionId: claims.sessionId };
  };

  async function recall(sessionId: string): Promise<{ facts: Facts | null; askedAt: number }> {
    const held = cache.get(sessionId);
    if (held && performance.now() - held.askedAt < FRESH_MS) {
      const facts = await held.facts;
      if (!facts || agreedNow(facts, held.askedAt) - facts.seen < TOUCH_MS) return { facts, askedAt: held.askedAt };
    }
    if (cache.size >= MAX_ENTRIES) cache.clear();
    const entry: Entry = { askedAt: performance.now(), facts: ask(sessionId), accountId: null };
    cache.set(sessionId, entry);
    try {
      const facts = await entry.facts;
      entry.accountId = facts?.accountId ?? "0";
      return { facts, askedAt: entry.askedAt };
    } catch (error) {
      cache.delete(sessionId);
      if (isConnectionLost(error)) throw common("service.unavailable", { retryAfter: 2 });
      throw error;
    }
  }

  async function ask(sessionId: string): Promise<Facts | null> {
    const [row] = await database.read<SessionRow>(
      `SELECT s.account_id AS accountId, s.seen_at AS seenAt, s.idle_seconds AS idleSeconds, s.expires_at AS expiresAt,
              s.ended_at AS endedAt, a.role, a.court_code AS courtCode, a.state, ${ownRightColumn("a.id")}, UTC_TIMESTAMP(3) AS now
         FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = ?`,
      [sessionId],
    );
    if (!row) return null;
    const facts: Facts = {
      accountId: String(row.accountId),
      role: row.role,
      courtCode: row.courtCode,
      state: row.state,
      now: row.now.getTime(),
      expires: row.expiresAt.getTime(),
      ended: row.endedAt !== null,
      ownRightOnly: Number(row.ownRightOnly) === 1,
      idleMs: row.idleSeconds * 1000,
      seen: row.seenAt.getTime(),
    };
    await touch(sessionId, facts);
    return facts;
  }

  /** A request keeps its session from going idle; written down at most once a minute. */
  async function touch(sessionId: string, facts: Facts): Promise<void> {
    const now = clock.shifted(new Date(facts.now));
    const late = now.getTime() - facts.seen;
    if (facts.ended || facts.state !== "active" || late < TOUCH_MS || late >= facts.idleMs) return;
    await database.read("UPDATE session SET seen_at = ? WHERE id = ? AND seen_at < ? AND ended_at IS NULL", [
      now,
      sessionId,
      now,
    ]);
    facts.seen = now.getTime();
  }

  /** The database's time, carried on by this node's steady clock. */
  function agreedNow(facts: Facts, askedAt: number): number {
    return facts.now + (performance.now() - askedAt) + clock.shiftMs;
  }
}

interface SessionRow {
  accountId: string;
  seenAt: Date;
  idleSeconds: number;
  expiresAt: Date;
  endedAt: Date | null;
  role: Role;
  courtCode: string | null;
  state: string;
  ownRightOnly: number | string;
  now: Date;
}
