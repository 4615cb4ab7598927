import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { IntakeItem } from "./model.ts";
import type { Decision } from "./workflow.ts";

/**
 * 收案与决定登记: one row for each arrival and each decision, from which every figure of the court is counted (by an index
 * over court and day). Never changed; no person of the public stands in it.
 */
export async function recordArrival(work: Work, item: IntakeItem, causeCode: string | null): Promise<void> {
  await insert(work, item, { action: "arrive", causeCode, hours: 0, late: false });
}

export async function recordDecision(
  work: Work,
  item: IntakeItem,
  decision: { action: Decision; causeCode: string | null; codes: readonly string[] },
): Promise<void> {
  const since = item.enteredAt ?? item.receivedAt;
  const hours = Math.max(0, Math.floor((work.at.getTime() - since.getTime()) / 3_600_000));
  const late = item.dueOn !== null && courtDayOf(work.at) > item.dueOn;
  await insert(work, item, { ...decision, hours, late });
  if (decision.codes.length === 0) return;
  const [row] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const codes = [...new Set(decision.codes)];
  await work.change(
    `INSERT INTO intake_record_code (court_code, on_day, action, code, staff_id, record_id) VALUES ${codes.map(() => "(?, ?, ?, ?, ?, ?)").join(", ")}`,
    codes.flatMap((code) => [
      item.courtCode,
      courtDayOf(work.at),
      decision.action,
      code,
      work.actor.accountId,
      String(row?.id),
    ]),
  );
}

const insert = (
  work: Work,
  { courtCode, round, id }: IntakeItem,
  { action, causeCode, hours, late }: { action: string; causeCode: string | null; hours: number; late: boolean },
): Promise<number> =>
  work.change(
    "INSERT INTO intake_record (court_code, on_day, action, round, staff_id, cause_code, hours, late, item_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [courtCode, courtDayOf(work.at), action, round, work.actor.accountId, causeCode ?? "", hours, late, id, work.at],
  );
