import type { Policy } from "#http/route.ts";

const INTAKE = ["clerk", "supervisor"] as const;

/** Who may call; items of other courts do not exist for any of them (`findItemRow`, `holdItem`). */
export const intakePolicy: Policy = {
  "GET /intake/queues": INTAKE,
  "GET /intake/items": INTAKE,
  "GET /intake/items/:id": INTAKE,
  "POST /intake/queues/:id/next": INTAKE,
  "POST /intake/items/:id/moves": INTAKE,
  "POST /intake/items/:id/preview": INTAKE,
  "GET /intake/items/:id/difference": INTAKE,
  "GET /intake/items/:id/duplicates": INTAKE,
  "GET /intake/series": INTAKE,
  "GET /intake/series/:id": INTAKE,
  "POST /intake/series/:id/moves": INTAKE,
  "GET /intake/defects": INTAKE,
  "GET /intake/grounds": INTAKE,
  "GET /intake/staff": INTAKE,
  "GET /intake/statistics": ["supervisor"],
  "GET /intake/forecast": ["supervisor"],
  "GET /intake/routing-rules": ["supervisor", "admin"],
};
