import { Op } from "sequelize";
import { type Actor, isStaff } from "#core/actor.ts";
import type { EventName } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { forgetSessions } from "./identify.ts";
import { Account, type Ending, Session } from "./model.ts";
import { problem } from "./problems.ts";
import { newRefreshToken, readRefreshToken } from "./tokens.ts";

const MINUTE = 60;
const DAY = 86_400;
/** Seconds without a request, and in all, after which one must sign in again (reliability goal G21). */
const LIVES = {
  staff: { idle: 30 * MINUTE, absolute: 8 * 60 * MINUTE },
  public: { idle: 7 * DAY, absolute: 30 * DAY },
} as const;
/** More sessions than this are not kept: the longest unused ends. */
const MAX_SESSIONS = 10;

export interface OpenedSession {
  readonly sessionId: string;
  readonly refreshToken: string;
  /** The agreed time, for the access token. */
  readonly at: Date;
}

export const actorOf = (account: Account, sessionId: string | null = null): Actor => ({
  accountId: account.id,
  role: account.role,
  courtCode: account.courtCode,
  sessionId,
});

/** Begins a session. The account's row must be held by the work. */
export async function openSession(
  work: Work,
  account: Account,
  by: "wechat" | "staff" | "link",
  device: string,
): Promise<OpenedSession> {
  const { idle, absolute } = LIVES[isStaff(actorOf(account)) || account.role === "officer" ? "staff" : "public"];
  await makeRoom(work, account);
  const token = newRefreshToken();
  const session = await Session.create(
    {
      accountId: account.id,
      familyHash: token.familyHash,
      refreshHash: token.tokenHash,
      createdAt: work.at,
      seenAt: work.at,
      idleSeconds: idle,
      expiresAt: new Date(work.at.getTime() + absolute * 1000),
      device,
    },
    { transaction: work.tx },
  );
  await account.update({ signedInAt: work.at }, { transaction: work.tx });
  await emitAs(work, account, "session.opened", { sessionId: session.id, by });
  return { sessionId: session.id, refreshToken: token.text, at: work.at };
}

export type Refreshed =
  | ({ readonly is: "refreshed"; readonly account: Account } & OpenedSession)
  | { readonly is: "ended" };

/**
 * Trades a refresh token for the next one. Each is good once: shown a second time it ends the session, because of two
 * holders one must be a thief and we cannot tell which. There is no grace for a repeat, so a client sends its refreshes
 * one after the other and signs in again where an answer was lost (silent in the mini-program). The caller answers 401
 * for `ended` after the commit, so that the ending stands.
 */
export async function refreshSession(work: Work, text: string): Promise<Refreshed> {
  const given = readRefreshToken(text);
  if (!given) return { is: "ended" };
  const session = await Session.findOne({
    where: { familyHash: given.familyHash },
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  if (!session || !isLive(session, work.at)) return { is: "ended" };
  const account = await Account.findByPk(session.accountId, { transaction: work.tx });
  if (account?.state !== "active") return { is: "ended" };
  if (session.refreshHash !== given.tokenHash) {
    await emitAs(work, account, "session.refresh_reused", { sessionId: session.id });
    await endSession(work, session, account, "reused");
    return { is: "ended" };
  }
  const next = newRefreshToken(given.family);
  await session.update({ refreshHash: next.tokenHash, seenAt: work.at }, { transaction: work.tx });
  return { is: "refreshed", account, sessionId: session.id, refreshToken: next.text, at: work.at };
}

/** Ends one session of the actor's own. Throws `session.not_found`. */
export async function endOwnSession(work: Work, sessionId: string): Promise<void> {
  const { accountId } = work.actor;
  const session = await Session.findOne({
    where: { id: sessionId, accountId, endedAt: null },
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  const account = await Account.findByPk(accountId, { transaction: work.tx });
  if (!session || !account) throw problem("session.not_found");
  await endSession(work, session, account, "signed_out");
}

/** Ends all sessions of an account, except one where that is named. They are refused everywhere within a second. */
export async function revokeSessions(
  work: Work,
  accountId: string,
  { except }: { except?: string | null } = {},
): Promise<void> {
  const account = await Account.findByPk(accountId, { transaction: work.tx });
  if (!account) return;
  const live = await Session.findAll({
    where: { accountId, endedAt: null },
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  for (const session of live) if (session.id !== except) await endSession(work, session, account, "revoked");
}

export function listSessions(accountId: string, at: Date): Promise<Session[]> {
  return Session.findAll({
    where: { accountId, endedAt: null, expiresAt: { [Op.gt]: at } },
    order: [["id", "DESC"]],
    limit: MAX_SESSIONS,
  });
}

export const isLive = ({ endedAt, expiresAt, seenAt, idleSeconds }: Session, at: Date): boolean =>
  endedAt === null && at < expiresAt && at.getTime() < seenAt.getTime() + idleSeconds * 1000;

/** Records an event in the name of somebody who has only just shown who they are. */
export function emitAs<Name extends EventName>(
  work: Work,
  account: Account,
  name: Name,
  payload: object,
): Promise<void> {
  const event = { name, about: `account:${account.id}`, courtCode: account.courtCode, ...payload };
  return work.emit(event as never, { by: actorOf(account) });
}

/** What kind of client, from the User-Agent: enough for its owner to recognise, too little to follow anybody by. */
export function deviceOf(userAgent: string): string {
  if (/miniProgram|MicroMessenger/i.test(userAgent)) return "微信";
  if (/Android|iPhone|iPad|Mobile/i.test(userAgent)) return "手机浏览器";
  if (/Mozilla/i.test(userAgent)) return "电脑浏览器";
  return "其他设备";
}

async function makeRoom(work: Work, account: Account): Promise<void> {
  const live = await Session.findAll({
    where: { accountId: account.id, endedAt: null },
    order: [
      ["seenAt", "ASC"],
      ["id", "ASC"],
    ],
    lock: work.tx.LOCK.UPDATE,
    transaction: work.tx,
  });
  for (const session of live.slice(0, Math.max(0, live.length - MAX_SESSIONS + 1)))
    await endSession(work, session, account, "crowded");
}

async function endSession(work: Work, session: Session, account: Account, why: Ending): Promise<void> {
  await session.update({ endedAt: work.at, endedWhy: why }, { transaction: work.tx });
  const facts = { sessionId: session.id, why };
  // Revoking is done by another, and is recorded as theirs.
  if (why === "revoked")
    await work.emit({ name: "session.ended", about: `account:${account.id}`, courtCode: account.courtCode, ...facts });
  else await emitAs(work, account, "session.ended", facts);
  work.tx.afterCommit(() => forgetSessions(account.id));
}
