import { PUBLIC_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";

const READERS = [...PUBLIC_ROLES, "clerk", "court_clerk", "judge", "supervisor"] as const;

/** Who may call. Which notices each of them sees is `visibleTo` in store.ts. */
export const feePolicy: Policy = {
  "GET /fee-notices": READERS,
  "GET /fee-notices/:id": READERS,
  "POST /fee-notices/lookup": "signed-in",
};
