import { SYSTEM } from "#core/actor.ts";
import type { Work } from "#core/work.ts";
import type { MessageFact } from "#gateways/messages/port.ts";
import type { Means } from "#modules/module.ts";
import { addressBound } from "./ask.ts";
import type { DeliveryReason, DeliveryState } from "./labels.ts";
import { type Channel, ladderOf } from "./ladders.ts";
import { ATTEMPT_MS, CLAIM_MS } from "./pace.ts";
import { reachBy } from "./reach.ts";

const BATCH = 40;

/** A rung that is being worked. `attempts` is the fence: whoever claimed it since then has another number, and decides. */
export interface Claimed {
  readonly id: string;
  readonly messageId: string;
  readonly accountId: string;
  readonly rung: number;
  readonly channel: Channel;
  readonly untilCode: "read" | "sent";
  readonly state: DeliveryState;
  readonly provider: string | null;
  readonly address: Buffer | null;
  readonly attempts: number;
  readonly begunAt: Date | null;
  readonly triedAt: Date | null;
  /** When it was claimed. */
  readonly at: Date;
}

const dated = (value: Date | string | null): Date | null =>
  typeof value === "string" ? new Date(`${value.replace(" ", "T")}Z`) : value;

export function claim(means: Means): Promise<Claimed[]> {
  return means.transact(SYSTEM, async (work) => {
    const rows = await work.query<Omit<Claimed, "at">>(
      `SELECT id, message_id AS messageId, account_id AS accountId, rung, channel, until_code AS untilCode, state, provider, address,
         attempts + 1 AS attempts, begun_at AS begunAt, tried_at AS triedAt
       FROM notice_delivery WHERE due_at <= ? ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [work.at],
    );
    if (rows.length > 0) {
      await work.change(
        `UPDATE notice_delivery SET due_at = ?, attempts = attempts + 1 WHERE id IN (${rows.map(() => "?").join(", ")})`,
        [new Date(work.at.getTime() + CLAIM_MS), ...rows.map(({ id }) => String(id))],
      );
    }
    return rows.map((row) => ({
      ...row,
      id: String(row.id),
      messageId: String(row.messageId),
      accountId: String(row.accountId),
      rung: Number(row.rung),
      attempts: Number(row.attempts),
      begunAt: dated(row.begunAt),
      triedAt: dated(row.triedAt),
      at: work.at,
    }));
  });
}

/** Writes down that an attempt begins, before anybody is spoken to; a subscription is used up with it. */
export function begin(
  { transact, vault }: Means,
  row: Claimed,
  provider: string,
  to: string,
  template: string | null,
): Promise<"begun" | "taken" | "no quota"> {
  return transact(SYSTEM, async (work) => {
    if (template !== null) {
      const used = await work.change(
        `UPDATE notice_subscription SET left_count = left_count - 1
         WHERE account_id = ? AND template_id = ? AND left_count > 0`,
        [row.accountId, template],
      );
      if (used === 0) return "no quota";
    }
    const changed = await work.change(
      `UPDATE notice_delivery SET state = 'sending', provider = ?, address = ?, tried_at = ?,
         begun_at = COALESCE(begun_at, ?), due_at = ?
       WHERE id = ? AND attempts = ? AND state IN ('waiting', 'sending')`,
      [
        provider,
        vault.seal(to, addressBound(row.id)),
        work.at,
        work.at,
        new Date(work.at.getTime() + ATTEMPT_MS),
        row.id,
        row.attempts,
      ],
    );
    if (changed > 0) return "begun";
    if (template !== null)
      await work.change(
        "UPDATE notice_subscription SET left_count = left_count + 1 WHERE account_id = ? AND template_id = ?",
        [row.accountId, template],
      );
    return "taken";
  });
}

/** It is out. Where that is enough, the rungs above are not used. */
export function sent(means: Means, row: Claimed, fact: MessageFact): Promise<void> {
  return write(means, (work) => markSent(work, row, fact, row.attempts));
}

export async function markSent(
  work: Work,
  row: Pick<Claimed, "id" | "messageId" | "rung" | "untilCode">,
  { state, receipt }: MessageFact,
  fence: number | null,
): Promise<void> {
  const changed = await work.change(
    `UPDATE notice_delivery SET state = ?, reason = NULL, provider_reference = COALESCE(?, provider_reference),
       sent_at = COALESCE(sent_at, ?), delivered_at = ?, ended_at = ?, due_at = NULL
     WHERE id = ? AND state IN ('sending', 'sent', 'failed') ${fence === null ? "" : "AND attempts = ?"}`,
    [
      state,
      receipt,
      work.at,
      state === "delivered" ? work.at : null,
      work.at,
      row.id,
      ...(fence === null ? [] : [fence]),
    ],
  );
  if (changed === 0 || row.untilCode !== "sent") return;
  await work.change(
    `UPDATE notice_delivery SET state = 'skipped', reason = 'reached', ended_at = ?, due_at = NULL
     WHERE message_id = ? AND rung > ? AND state = 'waiting'`,
    [work.at, row.messageId, row.rung],
  );
}

/** It was surely not sent, or nobody will ever know: the next rung is due now. `template`: agreed to no longer. */
export function fail(
  means: Means,
  row: Claimed,
  reason: DeliveryReason,
  template: string | null = null,
): Promise<void> {
  return write(means, async (work) => {
    await endAndClimb(work, row, "failed", reason, row.attempts);
    if (template !== null && reason === "no_quota")
      await work.change("UPDATE notice_subscription SET left_count = 0 WHERE account_id = ? AND template_id = ?", [
        row.accountId,
        template,
      ]);
  });
}

export function skip(means: Means, row: Claimed, reason: DeliveryReason): Promise<void> {
  return write(means, (work) => endAndClimb(work, row, "skipped", reason, row.attempts));
}

export async function endAndClimb(
  work: Work,
  row: Pick<Claimed, "id" | "messageId" | "rung">,
  state: "failed" | "skipped",
  reason: DeliveryReason,
  fence: number | null,
): Promise<void> {
  const changed = await work.change(
    `UPDATE notice_delivery SET state = ?, reason = ?, ended_at = ?, due_at = NULL
     WHERE id = ? ${fence === null ? "" : "AND attempts = ? AND state IN ('waiting', 'sending')"}`,
    [state, reason, work.at, row.id, ...(fence === null ? [] : [fence])],
  );
  if (changed === 0) return;
  const [next] = await work.query<{ id: string }>(
    `SELECT id FROM notice_delivery WHERE message_id = ? AND rung > ?
       AND (state = 'waiting' OR (state = 'skipped' AND reason = 'reached')) ORDER BY rung LIMIT 1 FOR UPDATE`,
    [row.messageId, row.rung],
  );
  if (!next) return;
  await work.change(
    `UPDATE notice_delivery SET state = 'waiting', reason = NULL, ended_at = NULL, due_at = LEAST(COALESCE(due_at, ?), ?)
     WHERE id = ?`,
    [work.at, work.at, String(next.id)],
  );
}

/** Nothing more has to be sent: the person has seen it. */
export function skipAll(means: Means, row: Claimed, reason: DeliveryReason): Promise<void> {
  return write(means, async (work) => {
    await work.change(
      `UPDATE notice_delivery SET state = 'skipped', reason = ?, ended_at = ?, due_at = NULL
       WHERE message_id = ? AND state IN ('waiting', 'sending') AND (id <> ? OR attempts = ?) AND (id = ? OR state = 'waiting')`,
      [reason, work.at, row.messageId, row.id, row.attempts, row.id],
    );
  });
}

/** Looked at again then: `waiting` where it is surely unsent, `sending` where it still has to be asked about. */
export function later(means: Means, row: Claimed, dueAt: Date, state: "waiting" | "sending"): Promise<void> {
  return write(means, async (work) => {
    await work.change(
      `UPDATE notice_delivery SET state = ?, due_at = ? WHERE id = ? AND attempts = ? AND state IN ('waiting', 'sending')`,
      [state, dueAt, row.id, row.attempts],
    );
  });
}

/** Whether a rung above this one can take over. */
export async function hasMore(means: Means, row: Claimed): Promise<boolean> {
  const rungs = await means.database.read<{ channel: Exclude<Channel, "inapp">; template: string }>(
    `SELECT d.channel, m.template FROM notice_delivery d JOIN message m ON m.id = d.message_id
     WHERE d.message_id = ? AND d.rung > ? AND d.state = 'waiting' ORDER BY d.rung`,
    [row.messageId, row.rung],
  );
  for (const { channel, template } of rungs) {
    const { reason } = await reachBy(means, row.accountId, ladderOf(template).group, channel);
    if (reason === null) return true;
  }
  return false;
}

/** What is written twice is written once: an unknown COMMIT may be run again. */
const write = async (means: Means, body: (work: Work) => Promise<void>): Promise<void> =>
  means.transact(SYSTEM, body, { repeatable: true });
