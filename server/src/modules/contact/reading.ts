import { type Actor, isStaff } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { partiesActedFor } from "#modules/case/index.ts";
import type { ThreadRow } from "./store.ts";

const otherSide = (actor: Actor): string => (isStaff(actor) ? "party" : "court");

/** How many messages of the other side this reader has not had before them, by thread. */
export async function unreadIn(
  { read }: Pick<Database, "read">,
  actor: Actor,
  threadIds: readonly string[],
): Promise<Map<string, number>> {
  if (threadIds.length === 0) return new Map();
  const rows = await read<{ threadId: string; n: string }>(
    `SELECT m.thread_id AS threadId, COUNT(*) AS n FROM thread_message m
     LEFT JOIN thread_reading r ON r.thread_id = m.thread_id AND r.account_id = ?
     WHERE m.thread_id IN (${threadIds.map(() => "?").join(", ")}) AND m.side = ? AND m.n > COALESCE(r.seen, 0)
     GROUP BY m.thread_id`,
    [actor.accountId, ...threadIds, otherSide(actor)],
  );
  return new Map(rows.map(({ threadId, n }) => [String(threadId), Number(n)]));
}

/** In how many threads something new waits for this reader: of the court's people in those they own, of the public in theirs. */
export async function countUnread(database: Database, actor: Actor, caseId?: string): Promise<number> {
  const sides = isStaff(actor) ? [] : await partiesActedFor(database, actor);
  const pairs = sides.map(() => "(?, ?)").join(", ");
  const mine = isStaff(actor)
    ? { sql: "t.owner_id = ? AND t.court_code = ?", values: [actor.accountId, actor.courtCode] }
    : {
        sql: `((t.case_id IS NULL AND t.account_id = ?)${pairs ? ` OR (t.case_id, t.party_key) IN (${pairs})` : ""})`,
        values: [actor.accountId, ...sides.flatMap((one) => [one.caseId, one.partyKey])],
      };
  const [row] = await database.read<{ n: string }>(
    `SELECT COUNT(*) AS n FROM thread t LEFT JOIN thread_reading r ON r.thread_id = t.id AND r.account_id = ?
     WHERE ${mine.sql} ${caseId === undefined ? "" : "AND t.case_id = ?"} AND EXISTS (
       SELECT 1 FROM thread_message m WHERE m.thread_id = t.id AND m.side = ? AND m.n > COALESCE(r.seen, 0))`,
    [actor.accountId, ...mine.values, ...(caseId === undefined ? [] : [caseId]), otherSide(actor)],
  );
  return Number(row?.n ?? 0);
}

/** They have the whole thread before them. Never goes back. */
export async function noteSeen(work: Work, { id, messages }: Pick<ThreadRow, "id" | "messages">): Promise<void> {
  await work.change(
    `INSERT INTO thread_reading (thread_id, account_id, seen, at) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE at = IF(VALUES(seen) > seen, VALUES(at), at), seen = GREATEST(seen, VALUES(seen))`,
    [id, work.actor.accountId, messages, work.at],
  );
}
