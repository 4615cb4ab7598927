import { PUBLIC_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";

/** Who may call. A job is seen by its owner only: the condition stands in the SQL (`findJob`, `holdJob`). */
export const bulkPolicy: Policy = {
  "GET /forms/:id/bulk-template.xlsx": "public",
  "POST /filings/bulk": PUBLIC_ROLES,
  "GET /jobs": PUBLIC_ROLES,
  "GET /jobs/:id": PUBLIC_ROLES,
  "GET /jobs/:id/rows": PUBLIC_ROLES,
  "GET /jobs/:id/result.xlsx": PUBLIC_ROLES,
  "POST /jobs/:id/moves": PUBLIC_ROLES,
  "POST /jobs/:id/signature": PUBLIC_ROLES,
};
