import "./events.ts";
import { inBites } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { Means, Module } from "#modules/module.ts";
import { absenceRoutes } from "./absence-routes.ts";
import { apiTokenRoutes } from "./api-token-routes.ts";
import { identifyByToken } from "./api-tokens.ts";
import { forgetSessions as forgetWhoAsks, identifyBy } from "./identify.ts";
import { defineAccount } from "./model.ts";
import { personRoutes } from "./person-routes.ts";
import { accountPolicy } from "./policy.ts";
import { reviewRoutes } from "./review-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { staffRoutes } from "./staff-routes.ts";
import { accessTokens } from "./tokens.ts";

/** 账号 — who signs in, who they are, and who of the court's people they are. */
export const account: Module = {
  name: "account",
  define: defineAccount,
  routes: (means) => [
    ...sessionRoutes(means),
    ...personRoutes(means),
    ...reviewRoutes(means),
    ...staffRoutes(means),
    ...absenceRoutes(means),
    ...apiTokenRoutes(means),
  ],
  policy: accountPolicy,
  identify({ database, clock, settings }) {
    const byToken = identifyByToken({ database, clock });
    const bySession = identifyBy({ database, clock, tokens: accessTokens(settings.tokenSecret) });
    return async (authorization) => (await byToken(authorization)) ?? bySession(authorization);
  },
};

export const forgetSessions = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM session WHERE expires_at < ?", [before]);
export const forgetAttempts = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM sign_in_attempt WHERE at < ?", [before]);

/** What is known of an account behind its sessions has changed: asked anew here at once, on other nodes within a second. */
export const whoAsksChanged = (work: Work, accountId: string): void =>
  void work.tx.afterCommit(() => forgetWhoAsks(accountId));

export { type Absence, listAbsences } from "./absence.ts";
export { clearAttempts, takeAttempt } from "./attempts.ts";
export {
  type AccountDescription,
  describeAccounts,
  findIdentity,
  listStaffOf,
  type StaffMember,
  type VerifiedIdentity,
} from "./describe.ts";
export { ensurePerson, ensureStaff, type PersonToBe, type StaffToBe } from "./ensure.ts";
export { othersHandledBy } from "./identify.ts";
export { signInOfficer } from "./officer.ts";
export { findOpenid } from "./openid.ts";
export { FIRST_PASSWORD_MS, newFirstPassword } from "./password.ts";
export { requireVerified } from "./require-verified.ts";
export { sessionTokens } from "./schema.ts";
export { deviceOf, revokeSessions } from "./session.ts";
export { tokensOf } from "./session-tokens.ts";
export type { SignedIn } from "./sign-in-staff.ts";
export { namesOfStaff } from "./staff-names.ts";
export { countUnreadBy } from "./unread.ts";
export { findVerifiedPhone } from "./verified-phone.ts";
