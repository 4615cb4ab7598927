import { PUBLIC_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";

const STAFF = ["clerk", "court_clerk", "judge", "supervisor"] as const;
const READERS = [...PUBLIC_ROLES, ...STAFF] as const;

/** Who may call. Which notices each of them sees is `visibleTo` in store.ts. */
export const feePolicy: Policy = {
  "GET /fee-notices": READERS,
  "GET /fee-notices/:id": READERS,
  "POST /fee-notices/lookup": "signed-in",
  "POST /fee-notices/:id/moves": STAFF,
  "POST /fee-notices/:id/preview": ["judge", "supervisor"],
  "GET /fee-notices/:id/documents": READERS,
  "GET /fee-notices/:id/documents/:documentId.pdf": READERS,
  "GET /fee-notices/:id/notice.pdf": READERS,
  "GET /fee-notices/:id/bill.pdf": READERS,
  "POST /cases/:id/fee-notices": STAFF,
  "POST /fee-notices/:id/relief": PUBLIC_ROLES,
  "GET /fee-reliefs": READERS,
  "GET /fee-reliefs/:id": READERS,
  "POST /fee-reliefs/:id/moves": [...PUBLIC_ROLES, "judge", "supervisor"],
  "POST /fee-reliefs/:id/preview": ["judge", "supervisor"],
  "GET /relief-grounds": "public",
};
