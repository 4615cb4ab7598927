import { PUBLIC_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";
import { SCHEDULERS } from "./workflow.ts";

const COURT = ["clerk", ...SCHEDULERS] as const;
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

export const hearingPolicy: Policy = {
  "GET /hearings": READERS,
  "GET /hearings/:id": READERS,
  "POST /cases/:id/hearings": SCHEDULERS,
  "POST /hearings/:id/responses": PUBLIC_ROLES,
  "POST /hearings/:id/moves": SCHEDULERS,
  "GET /me/calendar": READERS,
  "POST /me/calendar": READERS,
  "DELETE /me/calendar": READERS,
  "GET /calendar/:token.ics": "public",
  "GET /announcements/hearings": "public",
};
