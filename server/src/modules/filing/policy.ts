import { PUBLIC_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";

const READERS = [...PUBLIC_ROLES, "clerk", "supervisor", "judge", "court_clerk"] as const;

/** Who may call. Which filings each of them sees is `visibleTo` in store.ts. */
export const filingPolicy: Policy = {
  "POST /filings": PUBLIC_ROLES,
  "GET /filings": READERS,
  "GET /filings/:id": READERS,
  "PUT /filings/:id": PUBLIC_ROLES,
  "POST /filings/:id/edits": PUBLIC_ROLES,
  "POST /filings/:id/precheck": [...PUBLIC_ROLES, "clerk", "supervisor"],
  "POST /filings/:id/moves": PUBLIC_ROLES,
  "GET /filings/:id/clock": READERS,
  "GET /filings/:id/steps": READERS,
  "GET /filings/:id/corrections": READERS,
  "GET /filings/:id/documents": READERS,
  "GET /filings/:id/documents/:documentId.pdf": READERS,
  "GET /filings/:id/receipt.pdf": READERS,
  "GET /filings/:id/complaint.pdf": READERS,
  "GET /filings/:id/complaint.docx": READERS,
  "GET /filings/:id/bundle.pdf": READERS,
  "POST /filings/:id/helpers": PUBLIC_ROLES,
  "POST /helpers/join": PUBLIC_ROLES,
  "GET /filings/:id/helpers": PUBLIC_ROLES,
  "GET /filings/:id/helper-edits": PUBLIC_ROLES,
  "POST /filings/:id/helpers/:helperId/moves": PUBLIC_ROLES,
  "GET /agent-papers": "public",
  "GET /filings/:id/own-details": PUBLIC_ROLES,
  "POST /filings/:id/confirmations": PUBLIC_ROLES,
  "GET /filings/:id/confirmations": READERS,
  "GET /filings/:id/confirmations/:confirmationId/mandate.pdf": READERS,
  "POST /confirmations/lookup": PUBLIC_ROLES,
  "POST /confirmations/:id/moves": PUBLIC_ROLES,
  "POST /filings/:id/reveal": ["clerk", "supervisor"],
};
