import { type Actor, isStaff } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { type Login, LoginRefused } from "#gateways/login/port.ts";
import { clearAttempts, takeAttempt } from "./attempts.ts";
import { Account, Session, Staff } from "./model.ts";
import { isPassword } from "./password.ts";
import { problem } from "./problems.ts";
import { endOwnSession, revokeSessions } from "./session.ts";
import { attemptIndex } from "./sign-in-staff.ts";

export interface Proof {
  readonly code?: string | undefined;
  readonly password?: string | undefined;
}
export interface ProofMeans {
  readonly actor: Actor;
  readonly vault: Vault;
  readonly login: Login;
  /** Each call is a transaction of its own: a miss must leave its count behind. */
  readonly work: <T>(body: (work: Work) => Promise<T>) => Promise<T>;
}

/** Ends another device of one's own, or with null all others. Throws `session.not_found`, and what a missing proof throws. */
export async function endDevices(sessionId: string | null, proof: Proof, means: ProofMeans): Promise<void> {
  const { actor, work } = means;
  const own = { accountId: actor.accountId, endedAt: null };
  if (sessionId !== null && !(await Session.findOne({ where: { id: sessionId, ...own } })))
    throw problem("session.not_found");
  await mustBeOneself(proof, means);
  await work((unit) =>
    sessionId === null
      ? revokeSessions(unit, actor.accountId, { except: actor.sessionId })
      : endOwnSession(unit, sessionId),
  );
}

/** Whoever found an open phone or desk must not shut its owner out: the court's people show their password, all others WeChat's code. */
function mustBeOneself({ code = "", password = "" }: Proof, means: ProofMeans): Promise<void> {
  return isStaff(means.actor) ? mustKnowPassword(password, means) : mustHoldWechat(code, means);
}

async function mustKnowPassword(password: string, { actor, vault, work }: ProofMeans): Promise<void> {
  const staff = await Staff.findByPk(actor.accountId);
  if (!staff) throw problem("staff.only");
  const key = attemptIndex(vault, staff.username);
  const wait = await work((unit) => takeAttempt(unit, key));
  if (wait > 0) throw problem("session.locked", { retryAfter: wait });
  if (!(await isPassword(staff.passwordHash, password)))
    throw problem("session.unproven", { errors: [{ pointer: "/password", code: "wrong", message: "密码不正确" }] });
  await work((unit) => clearAttempts(unit, key));
}

async function mustHoldWechat(code: string, { actor, vault, login }: ProofMeans): Promise<void> {
  const unproven = problem("session.unproven", {
    errors: [{ pointer: "/code", code: "wrong", message: "不是登录本账号的微信" }],
  });
  const openid = await login.exchange(code).then(
    (identity) => identity.openid,
    (error: unknown) => {
      if (!(error instanceof LoginRefused)) throw error;
      throw error.reason === "too_many" ? problem("session.too_many", { retryAfter: 60 }) : unproven;
    },
  );
  const account = await Account.findByPk(actor.accountId);
  if (account?.openidIndex !== vault.index("openid", openid)) throw unproven;
}
