import { STAFF_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";

const REVIEWERS = ["clerk", "supervisor", "admin"] as const;
const KEEPS_CALENDAR = ["clerk", "judge", "court_clerk", "supervisor", "admin"] as const;
const PUBLIC = ["litigant", "lawyer"] as const;
/** But not an officer of a custody place, whom a link lets in. */
const ANYBODY = [...PUBLIC, ...STAFF_ROLES] as const;

export const accountPolicy: Policy = {
  "POST /sessions/wechat": "public",
  "POST /sessions/staff": "public",
  "POST /sessions/refresh": "public",
  "DELETE /sessions/current": "signed-in",
  "GET /sessions": "signed-in",
  "POST /sessions/end-others": ANYBODY,
  "POST /sessions/:id/end": ANYBODY,
  "GET /me": "signed-in",
  "PUT /me/identity": PUBLIC,
  "POST /me/identity/review": PUBLIC,
  "POST /me/phone": PUBLIC,
  "PUT /me/practice": PUBLIC,
  "PUT /me/language": PUBLIC,
  "GET /me/tokens": PUBLIC,
  "POST /me/tokens": PUBLIC,
  "DELETE /me/tokens/:id": PUBLIC,
  "PUT /me/password": ["clerk", "judge", "court_clerk", "supervisor", "admin", "auditor"],
  "GET /identity-reviews": REVIEWERS,
  "POST /identity-reviews/:id/moves": REVIEWERS,
  "POST /identity-reviews/:id/reveal": REVIEWERS,
  "GET /practices": ["admin"],
  "POST /practices/:id/moves": ["admin"],
  "POST /practices/:id/reveal": ["admin"],
  "GET /court-staff/absences": KEEPS_CALENDAR,
  "POST /court-staff/absences": KEEPS_CALENDAR,
  "DELETE /court-staff/absences/:id": KEEPS_CALENDAR,
  "GET /staff": ["admin"],
  "POST /staff": ["admin"],
  "PUT /staff/:id": ["admin"],
  "PUT /staff/:id/role": ["admin"],
  "POST /staff/:id/moves": ["admin"],
  "POST /staff/:id/credentials": ["admin"],
};
