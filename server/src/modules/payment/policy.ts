import { PUBLIC_ROLES } from "#core/actor.ts";
import type { Policy } from "#http/route.ts";
import { COUNTER, REFUND_ASKERS } from "./workflow.ts";

const COURT = ["clerk", "court_clerk", "judge", "supervisor"] as const;
const READERS = [...PUBLIC_ROLES, ...COURT] as const;

/** Who may call; which payments they see stands in the SQL (`visiblePayments`), and in `fee` for the notice itself. */
export const paymentPolicy: Policy = {
  "POST /fee-notices/:id/payments": [...PUBLIC_ROLES, ...COUNTER],
  "GET /fee-notices/:id/payments": READERS,
  "GET /payments": COURT,
  "GET /payments/:id": READERS,
  "POST /payments/:id/moves": [...PUBLIC_ROLES, ...COUNTER],
  // Whoever WeChat's signature does not vouch for is refused by the driver.
  "POST /payments/wechat/notify": "public",
  "POST /payments/:id/refunds": REFUND_ASKERS,
  "GET /refunds": COURT,
  "GET /refunds/:id": READERS,
  "POST /refunds/:id/moves": ["supervisor"],
  "GET /receipts/:number": "public",
  "POST /reconciliations": ["supervisor"],
  "GET /reconciliations": ["supervisor"],
  "GET /reconciliations/:day": ["supervisor"],
  "POST /reconciliation-differences/:id/moves": ["supervisor"],
  "GET /payment-alarms": ["supervisor"],
  "POST /payment-alarms/:id/moves": ["supervisor"],
};
