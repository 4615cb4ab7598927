import { createHash, randomBytes } from "node:crypto";
import type { Actor, Role } from "#core/actor.ts";
import type { Clock } from "#core/clock.ts";
import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { ownRightColumn } from "./identify.ts";
import { problem } from "./problems.ts";

/** What a program may be let do in somebody's name; each route says which of these it is open to, most to none. */
export const SCOPES = {
  "cases:read": "读取我的案件",
  "changes:read": "读取案件变动",
  "obligations:read": "读取待办期限",
} as const;
export type Scope = keyof typeof SCOPES;

const MOST = 10;
const DAY_MS = 86_400_000;
const TOUCH_MS = 60_000;
/** Known by its beginning, so that one that strayed into a repository is found there. */
const TOKEN = /^Bearer (sutong_[A-Za-z0-9_-]{43})$/;
const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}
const COLUMNS =
  "id, name, scopes, created_at AS createdAt, expires_at AS expiresAt, used_at AS usedAt FROM api_token WHERE account_id = ? AND revoked_at IS NULL";

export const listApiTokens = (database: Database, accountId: string): Promise<ApiToken[]> =>
  database.read<ApiToken>(`SELECT ${COLUMNS} ORDER BY id DESC LIMIT ${MOST}`, [accountId]);

/** A token of one's own, in the clear this once. Throws 409 `token.too_many`. */
export async function makeApiToken(
  work: Work,
  { name, scopes, days }: { readonly name: string; readonly scopes: readonly Scope[]; readonly days: number },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const { accountId } = work.actor;
  // The account's row is the queue: two at once do not both find room.
  await work.query("SELECT id FROM account WHERE id = ? FOR UPDATE", [accountId]);
  const [live] = await work.query<{ count: number }>(
    "SELECT COUNT(*) AS count FROM api_token WHERE account_id = ? AND revoked_at IS NULL",
    [accountId],
  );
  if (Number(live?.count) >= MOST) throw problem("token.too_many");
  const token = `sutong_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(work.at.getTime() + days * DAY_MS);
  await work.change(
    "INSERT INTO api_token (account_id, name, token_hash, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
    [accountId, name, hashOf(token), [...new Set(scopes)].join(" "), work.at, expiresAt],
  );
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(row?.id);
  await work.emit({ name: "token.made", about: `account:${accountId}`, courtCode: null, tokenId: id });
  return { id, token, expiresAt };
}

/** It is no good from the next request on. Throws 404 `token.not_found`. */
export async function revokeApiToken(work: Work, id: string): Promise<void> {
  const { accountId } = work.actor;
  const changed = await work.change(
    "UPDATE api_token SET revoked_at = ? WHERE id = ? AND account_id = ? AND revoked_at IS NULL",
    [work.at, id, accountId],
  );
  if (changed === 0) throw problem("token.not_found");
  await work.emit({ name: "token.revoked", about: `account:${accountId}`, courtCode: null, tokenId: id });
}

interface Found {
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
  readonly scopes: string;
  readonly state: string;
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
  readonly now: Date;
  readonly ownRightOnly: number | string;
}

/** Who stands behind `Bearer sutong_…`; null where the header is something else. Asked of the store every time. */
export function identifyByToken({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  return async (authorization: string): Promise<Actor | null> => {
    const token = TOKEN.exec(authorization)?.[1];
    if (!token) return null;
    const [row] = await database.read<Found>(
      `SELECT t.id, t.account_id AS accountId, a.role, t.scopes, a.state, t.used_at AS usedAt, t.expires_at AS expiresAt, ${ownRightColumn("a.id")}, UTC_TIMESTAMP(3) AS now
         FROM api_token t JOIN account a ON a.id = t.account_id WHERE t.token_hash = ? AND t.revoked_at IS NULL`,
      [hashOf(token)],
    );
    if (row?.state !== "active") throw problem("session.ended");
    const now = clock.shifted(row.now);
    if (now >= row.expiresAt) throw problem("session.ended");
    if (!row.usedAt || now.getTime() - row.usedAt.getTime() > TOUCH_MS)
      await database.read("UPDATE api_token SET used_at = ? WHERE id = ?", [now, row.id]);
    return {
      accountId: String(row.accountId),
      role: row.role,
      courtCode: null,
      sessionId: null,
      scopes: row.scopes.split(" "),
      ownRightOnly: Number(row.ownRightOnly) === 1,
    };
  };
}
