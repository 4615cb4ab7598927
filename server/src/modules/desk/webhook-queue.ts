import { randomUUID } from "node:crypto";
import type { EventFacts } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { groupOf, tellOf, type Webhook } from "./webhook-store.ts";

/** A line of the inbox goes to the programs of whoever has it, in the same transaction. The message is known by webhook and event. */
export async function queueForPrograms(
  work: Work,
  accountIds: readonly string[],
  { name, caseId, facts }: { readonly name: string; readonly caseId: string; readonly facts: EventFacts },
): Promise<void> {
  if (accountIds.length === 0) return;
  await work.change(
    `INSERT IGNORE INTO webhook_delivery (webhook_id, account_id, message_id, kind, case_id, event_id, at, state, due_at, queued_at)
     SELECT w.id, w.account_id, ${MESSAGE_ID}, ?, ?, ?, ?, 'waiting', ?, ? FROM webhook w
     WHERE w.account_id IN (${accountIds.map(() => "?").join(", ")}) AND w.state = 'active' AND FIND_IN_SET(?, w.kinds)`,
    [facts.eventId, name, caseId, facts.eventId, facts.at, work.at, work.at, ...accountIds, groupOf(name)],
  );
}
const MESSAGE_ID = "CONCAT('msg_', w.id, '_', ?)";

/** Something to try the receiver with. */
export async function queuePing(work: Work, row: Webhook): Promise<void> {
  await work.change(
    `INSERT INTO webhook_delivery (webhook_id, account_id, message_id, kind, at, state, due_at, queued_at) VALUES (?, ?, ?, 'ping', ?, 'waiting', ?, ?)`,
    [row.id, row.accountId, `ping_${randomUUID()}`, work.at, work.at, work.at],
  );
  await work.change("UPDATE webhook SET next_at = NULL WHERE id = ?", [row.id]);
}

export const REPLAY_DAYS = 30;
export const MOST_REPLAYED = 5000;

/**
 * Everything in the inbox since a moment once more, under the same message ids, whether it arrived or not. Whoever reads a case no
 * more gets nothing of it: that is asked again when it is sent. Gives how many, at most 5,000 at a time, the oldest first.
 */
export async function replay(work: Work, row: Webhook, since: Date): Promise<number> {
  await work.change(
    `INSERT INTO webhook_delivery (webhook_id, account_id, message_id, kind, case_id, event_id, at, state, due_at, queued_at)
     SELECT ?, ch.account_id, CONCAT('msg_', ?, '_', ch.event_id), ch.kind, ch.case_id, ch.event_id, ch.at, 'waiting', ?, ?
     FROM case_change ch WHERE ch.account_id = ? AND ch.at >= ? AND FIND_IN_SET(SUBSTRING_INDEX(ch.kind, '.', 1), ?)
     ORDER BY ch.at, ch.id LIMIT ${MOST_REPLAYED}
     ON DUPLICATE KEY UPDATE state = 'waiting', attempts = 0, due_at = VALUES(due_at), queued_at = VALUES(queued_at)`,
    [row.id, row.id, work.at, work.at, row.accountId, since, row.kinds],
  );
  const [queued] = await work.query<{ count: number }>(
    "SELECT COUNT(*) AS count FROM webhook_delivery WHERE webhook_id = ? AND kind <> 'ping' AND queued_at = ? AND state = 'waiting'",
    [row.id, work.at],
  );
  await work.change("UPDATE webhook SET next_at = NULL WHERE id = ?", [row.id]);
  await tellOf(work, "webhook.replayed", String(row.id));
  return Number(queued?.count ?? 0);
}
