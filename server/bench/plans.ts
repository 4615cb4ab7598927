import type { RowDataPacket } from "mysql2/promise";
import type { Actor } from "#core/actor.ts";
import { caseListSql } from "#modules/case/store.ts";
import type { TestApp } from "#test/app.ts";
import { COURT } from "#test/filings.ts";
import { withOwner } from "#test/reliability/crowd.ts";

export interface Plan {
  readonly name: string;
  readonly access: string;
  readonly index: string;
  readonly rows: string;
  readonly fullScan: boolean;
}

/** Pages of the list of cases, deep inside it: a person's own, a court's, by state, cause and party. */
function caseLists(accountId: string, clerkId: string): Record<string, [sql: string, values: string[]]> {
  const own: Actor = { accountId, role: "litigant", courtCode: null, sessionId: null };
  const staff: Actor = { accountId: clerkId, role: "clerk", courtCode: COURT, sessionId: null };
  const deep = { before: "1000000", limit: 20 } as const;
  const lists = {
    "my cases": [own, deep],
    "my cases in a state": [own, { ...deep, state: "accepted" }],
    "the court's cases": [staff, deep],
    "the court's cases in a state": [staff, { ...deep, state: "accepted" }],
    "the court's cases of a cause": [staff, { ...deep, causeCode: "CIV2025:108" }],
    "the court's cases of a party": [staff, { ...deep, partyIndex: "0".repeat(64) }],
  } as const;
  return Object.fromEntries(
    Object.entries(lists).map(([name, [actor, filter]]) => {
      const { sql, values } = caseListSql(actor, filter);
      return [name, [sql, values.map(String)]];
    }),
  );
}

/** How the database goes about the statements that are asked all day long. */
export async function explainHot(
  app: TestApp,
  { accountId, clerkId, queue }: { accountId: string; clerkId: string; queue: string },
): Promise<Plan[]> {
  const hot: Record<string, [sql: string, values: string[]]> = {
    "my filings": ["SELECT id FROM filing f WHERE f.account_id = ? ORDER BY f.id DESC LIMIT 21", [accountId]],
    "the court's filings": [
      "SELECT id FROM filing f WHERE (f.court_code = ? AND f.submitted_at IS NOT NULL) ORDER BY f.id DESC LIMIT 21",
      [COURT],
    ],
    "the court's filings in a state": [
      "SELECT id FROM filing f WHERE (f.court_code = ? AND f.submitted_at IS NOT NULL) AND f.state = ? ORDER BY f.id DESC LIMIT 21",
      [COURT, "submitted"],
    ],
    "next of a queue": [
      "SELECT i.id FROM intake_item i WHERE i.queue_id = ? AND i.court_code = ? AND i.state = 'waiting' AND (i.assignee_id IS NULL OR i.assignee_id = ?) ORDER BY i.standing, i.id LIMIT 1",
      [queue, COURT, clerkId],
    ],
    "claims that ran out": [
      "SELECT id FROM intake_item WHERE queue_id = ? AND state = 'claimed' AND lease_until < UTC_TIMESTAMP(3)",
      [queue],
    ],
    "events that are due": [
      "SELECT id FROM outbox WHERE done_at IS NULL AND due_at <= UTC_TIMESTAMP(3) ORDER BY due_at, id LIMIT 20",
      [],
    ],
    "a payment by its order number": ["SELECT id, state FROM payment WHERE order_number = ?", ["P2026"]],
    "payments to ask WeChat about": [
      "SELECT id FROM payment WHERE ask_at <= UTC_TIMESTAMP(3) ORDER BY ask_at LIMIT 40 FOR UPDATE SKIP LOCKED",
      [],
    ],
    "refunds to send or ask about": [
      "SELECT id FROM refund WHERE ask_at <= UTC_TIMESTAMP(3) ORDER BY ask_at LIMIT 20 FOR UPDATE SKIP LOCKED",
      [],
    ],
    "the court's payments": ["SELECT id FROM payment p WHERE p.court_code = ? ORDER BY p.id DESC LIMIT 21", [COURT]],
    "the court's payments in a state": [
      "SELECT id FROM payment p WHERE p.court_code = ? AND p.state = ? ORDER BY p.id DESC LIMIT 21",
      [COURT, "succeeded"],
    ],
    "payments of a notice": ["SELECT id FROM payment p WHERE p.notice_id = ? ORDER BY p.id DESC LIMIT 200", ["2"]],
    "live orders of a notice": [
      "SELECT MAX(expires_at) FROM payment WHERE notice_id = ? AND id <> ? AND state IN ('created', 'processing')",
      ["2", "1"],
    ],
    "payments of a day": [
      "SELECT id FROM payment WHERE paid_at >= ? AND paid_at < ?",
      ["2020-01-01 00:00:00", "2020-01-02 00:00:00"],
    ],
    "a payment by its receipt": ["SELECT id FROM payment WHERE receipt_number = ?", ["票"]],
    "open alarms of orders": [
      "SELECT id FROM payment_alarm WHERE order_number IN (?, ?) AND resolved_at IS NULL",
      ["P1", "P2"],
    ],
    "a case by its number": [
      "SELECT id FROM court_case c WHERE c.court_code = ? AND c.number = ? ORDER BY c.id DESC LIMIT 21",
      [COURT, "（2026）鲁0102民初1号"],
    ],
    ...caseLists(accountId, clerkId),
  };
  return withOwner(app, async (owner) => {
    const plans: Plan[] = [];
    for (const [name, [sql, values]] of Object.entries(hot)) {
      const [steps] = await owner.query<RowDataPacket[]>(`EXPLAIN ${sql}`, values);
      const of = (column: string) => steps.map((step) => String(step[column] ?? "–")).join(", ");
      // ALL reads the table; index reads a whole index, unless a LIMIT lets it stop early. No table at all: nothing to read.
      const fullScan = steps.some((step) => step["type"] === "ALL" || (step["type"] === "index" && !/LIMIT/.test(sql)));
      plans.push({ name, access: of("type"), index: of("key"), rows: of("rows"), fullScan });
    }
    return plans;
  });
}
