import type { Actor } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { problem } from "./problems.ts";
import type { Ending, IntakeState, Lane } from "./workflow.ts";

export interface ItemRow {
  readonly id: string;
  readonly filingId: string;
  readonly queueId: string;
  readonly queueName: string;
  readonly state: IntakeState;
  readonly lane: Lane;
  readonly round: number;
  readonly receivedAt: Date;
  readonly dueOn: string | null;
  readonly standing: number;
  readonly completeness: number;
  readonly blocks: number;
  readonly warns: number;
  readonly hints: number;
  readonly duplicates: number;
  readonly assigneeId: string | null;
  readonly holderId: string | null;
  readonly leaseUntil: Date | null;
  readonly fence: string;
  readonly decidedAction: Ending | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decidedNote: Buffer | null;
  readonly seriesId: string | null;
  // Of the filing, in the same read: a queue is looked at all day long, and this saves a statement for each item.
  readonly sealRef: string;
  readonly summary: Buffer;
  readonly causeCode: string | null;
  readonly amountFen: string | null;
}

/** A hot read: it joins the filing's row, the one join across modules (see docs/adr). */
const SELECT = `SELECT i.id, i.filing_id AS filingId, i.queue_id AS queueId, q.name AS queueName, i.state, i.lane, i.round, i.received_at AS receivedAt,
  i.due_on AS dueOn, i.standing, i.completeness, i.blocks, i.warns, i.hints, i.duplicates, i.assignee_id AS assigneeId, i.holder_id AS holderId,
  i.lease_until AS leaseUntil, i.fence, i.decided_action AS decidedAction, i.decided_by AS decidedBy, i.decided_at AS decidedAt, i.decided_note AS decidedNote, i.series_id AS seriesId,
  f.seal_ref AS sealRef, f.summary, f.cause_code AS causeCode, f.amount_fen AS amountFen
  FROM intake_item i JOIN intake_queue q ON q.id = i.queue_id JOIN filing f ON f.id = i.filing_id`;

/** An item of the actor's own court; another court's does not exist. Throws `intake.not_found`. */
export async function findItemRow(database: Database, actor: Actor, id: string): Promise<ItemRow> {
  const [row] = await database.read<ItemRow>(`${SELECT} WHERE i.id = ? AND i.court_code = ?`, [id, actor.courtCode]);
  if (!row) throw problem("intake.not_found");
  return row;
}

export interface ItemFilter {
  readonly queue?: string | undefined;
  readonly lane?: Lane | undefined;
  readonly state?: IntakeState | undefined;
  readonly holder?: string | undefined;
  readonly after?: Place | undefined;
  readonly limit: number;
}

/** Where a page begins: behind this standing (open items) or this moment (decided ones), in milliseconds. */
export interface Place {
  readonly by: number;
  readonly id: string;
}
export const placeOf = (row: ItemRow): string =>
  `${row.state === "decided" ? (row.decidedAt?.getTime() ?? 0) : row.standing}_${row.id}`;

/**
 * What is open, in the order in which it will be taken; with `state: "decided"` what was decided, the newest first. Each
 * walks an index of its own, so the court's finished work costs its queue nothing. One row more than `limit`.
 */
export function listItemRows(
  database: Database,
  actor: Actor,
  { queue, lane, state, holder, after, limit }: ItemFilter,
): Promise<ItemRow[]> {
  const where = ["i.court_code = ?"];
  const values: Value[] = [actor.courtCode];
  const add = (sql: string, ...more: Value[]) => {
    where.push(sql);
    values.push(...more);
  };
  if (queue) add("i.queue_id = ?", queue);
  if (lane) add("i.lane = ?", lane);
  const decided = state === "decided";
  if (state) add("i.state = ?", state);
  else add("i.state IN ('waiting', 'claimed', 'awaiting_correction', 'in_mediation')");
  if (holder) add("(i.holder_id = ? OR i.assignee_id = ? OR i.decided_by = ?)", holder, holder, holder);
  if (after && decided)
    add("(i.decided_at < ? OR (i.decided_at = ? AND i.id < ?))", new Date(after.by), new Date(after.by), after.id);
  if (after && !decided) add("(i.standing > ? OR (i.standing = ? AND i.id > ?))", after.by, after.by, after.id);
  const order = decided ? "i.decided_at DESC, i.id DESC" : "i.standing, i.id";
  return database.read<ItemRow>(
    `${SELECT} WHERE ${where.join(" AND ")} ORDER BY ${order} LIMIT ${Number(limit) + 1}`,
    values,
  );
}

/** The items of a series, as they came in; decided ones too. One row more than `limit`. */
export function listSeriesRows(
  database: Database,
  actor: Actor,
  seriesId: string,
  { after = "0", limit }: { after: string | undefined; limit: number },
): Promise<ItemRow[]> {
  return database.read<ItemRow>(
    `${SELECT} WHERE i.series_id = ? AND i.court_code = ? AND i.id > ? ORDER BY i.id LIMIT ${Number(limit) + 1}`,
    [seriesId, actor.courtCode, after],
  );
}

/** These items of the actor's court, in no order. */
export function listItemRowsById(database: Database, actor: Actor, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return database.read<ItemRow>(`${SELECT} WHERE i.id IN (${ids.map(() => "?").join(",")}) AND i.court_code = ?`, [
    ...ids,
    actor.courtCode,
  ]);
}
