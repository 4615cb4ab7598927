import "./events.ts";
import type { Module } from "#modules/module.ts";
import { absenceRoutes } from "./absence-routes.ts";
import { apiTokenRoutes } from "./api-token-routes.ts";
import { identifyByToken } from "./api-tokens.ts";
import { identifyBy } from "./identify.ts";
import { defineAccount } from "./model.ts";
import { personRoutes } from "./person-routes.ts";
import { accountPolicy } from "./policy.ts";
import { reviewRoutes } from "./review-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { staffRoutes } from "./staff-routes.ts";
import { accessTokens } from "./tokens.ts";

const DAY_MS = 86_400_000;

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
  jobs: ({ database, clock }) => [
    {
      name: "forget-sessions",
      everySeconds: 3600,
      async run() {
        const before = new Date(clock.now().getTime() - 30 * DAY_MS);
        await database.read("DELETE FROM session WHERE expires_at < ? LIMIT 5000", [before]);
        await database.read("DELETE FROM sign_in_attempt WHERE at < ? LIMIT 5000", [
          new Date(clock.now().getTime() - DAY_MS),
        ]);
      },
    },
  ],
};

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
export { findOpenid } from "./openid.ts";
export { requireVerified } from "./require-verified.ts";
export { revokeSessions } from "./session.ts";
export { countUnreadBy } from "./unread.ts";
export { findVerifiedPhone } from "./verified-phone.ts";
