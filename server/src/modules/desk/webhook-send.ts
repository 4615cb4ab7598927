import { SYSTEM } from "#core/actor.ts";
import { inBites } from "#core/database.ts";
import { WebhookBarred, WebhookUnanswered } from "#gateways/webhooks/port.ts";
import { listCases, takesPart } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { signedHeaders } from "./webhook-sign.ts";
import { COLUMNS, openAddress, secretsOf, type Webhook } from "./webhook-store.ts";

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
/** One worker at a time has a receiver, at most so long; a worker that dies leaves it to the next. */
const LEASE_MS = 60 * SECOND_MS;
/** So long it goes on with one receiver before it comes round to the others. */
const ROUND_MS = 15 * SECOND_MS;
const AT_ONCE = 20;
const IN_A_ROUND = 50;
/** A receiver that has not answered for so long is left alone until its owner says so. */
export const PATIENCE_MS = DAY_MS;
/** A message that could not be brought in so long is given up; a replay brings it. */
const GIVE_UP_MS = 3 * DAY_MS;

/** 5 s, 10 s, 20 s … one hour, each between three quarters and one and a quarter of it. */
export const webhookBackoff = (failures: number, random: number = Math.random()): number =>
  Math.round(Math.min(5 * SECOND_MS * 2 ** Math.min(failures - 1, 12), 3600 * SECOND_MS) * (0.75 + random / 2));

interface Delivery {
  readonly id: string;
  readonly messageId: string;
  readonly kind: string;
  readonly caseId: string | null;
  readonly eventId: string | null;
  readonly at: Date;
  readonly attempts: number;
  readonly queuedAt: Date;
  /** Whether the owner still reads the case. */
  readonly open: number;
}

/** One round: every receiver something is due for, each by itself, so that a slow one holds up nobody else. */
export async function sendWebhooks(means: Means): Promise<void> {
  const now = await nowOf(means);
  const rows = await means.database.read<{ id: string }>(
    `SELECT w.id FROM webhook w WHERE w.state = 'active' AND (w.next_at IS NULL OR w.next_at <= ?) AND (w.lease_until IS NULL OR w.lease_until <= ?)
       AND w.id IN (SELECT d.webhook_id FROM webhook_delivery d WHERE d.state = 'waiting' AND d.due_at <= ?) ORDER BY w.id LIMIT ${AT_ONCE}`,
    [now, now, now],
  );
  await Promise.all(rows.map(({ id }) => serveOne(means, String(id))));
}

async function serveOne(means: Means, id: string): Promise<void> {
  const { transact, logger } = means;
  const isMine = await transact(SYSTEM, async (work) => {
    const until = new Date(work.at.getTime() + LEASE_MS);
    return (
      (await work.change(
        "UPDATE webhook SET lease_until = ? WHERE id = ? AND state = 'active' AND (lease_until IS NULL OR lease_until <= ?)",
        [until, id, work.at],
      )) === 1
    );
  });
  if (!isMine) return;
  const begun = performance.now();
  try {
    for (let sent = 0; sent < IN_A_ROUND && performance.now() - begun < ROUND_MS; sent += 1)
      if (!(await sendNext(means, id))) return;
  } catch (error) {
    logger.error({ err: error, webhook: id }, "job failed");
  } finally {
    await means.database.read("UPDATE webhook SET lease_until = NULL WHERE id = ?", [id]);
  }
}

/** Brings the oldest that is due; false where nothing is, or nothing more may be now. What is revoked is looked up before each. */
async function sendNext(means: Means, id: string): Promise<boolean> {
  const { database, vault, gateways } = means;
  const now = await nowOf(means);
  const [webhook] = await database.read<Webhook>(
    `SELECT ${COLUMNS} FROM webhook w WHERE w.id = ? AND w.state = 'active' AND (w.next_at IS NULL OR w.next_at <= ?)`,
    [id, now],
  );
  if (!webhook) return false;
  const access = takesPart({ accountId: String(webhook.accountId) }, "d");
  const [due] = await database.read<Delivery>(
    `SELECT d.id, d.message_id AS messageId, d.kind, d.case_id AS caseId, d.event_id AS eventId, d.at, d.attempts, d.queued_at AS queuedAt,
       d.case_id IS NULL OR ${access.sql} AS open
     FROM webhook_delivery d WHERE d.webhook_id = ? AND d.state = 'waiting' AND d.due_at <= ? ORDER BY d.due_at, d.id LIMIT 1`,
    [...access.values, id, now],
  );
  if (!due) return false;
  // Whoever has left the case is told no more of it, nor are their programs.
  if (Number(due.open) !== 1) {
    await database.read("UPDATE webhook_delivery SET state = 'dropped' WHERE id = ? AND state = 'waiting'", [due.id]);
    return true;
  }
  const body = await bodyOf(means, due);
  const timestamp = Math.floor(means.clock.now().getTime() / SECOND_MS);
  const headers = signedHeaders(secretsOf(vault, webhook, now), { id: due.messageId, timestamp, body });
  const outcome = await gateways.webhooks.post(openAddress(vault, webhook), headers, body).then(
    (status) => ({ status, error: null }),
    (error: unknown) => {
      if (error instanceof WebhookBarred || error instanceof WebhookUnanswered)
        return { status: null, error: error.reason };
      throw error;
    },
  );
  return settle(means, webhook, due, outcome);
}

/** What has changed, where, and when; who it is about, and everything else, is read with a token. */
async function bodyOf({ database, vault }: Means, { kind, caseId, eventId, at }: Delivery): Promise<string> {
  const found = caseId === null ? undefined : (await listCases(database, vault, [String(caseId)])).get(String(caseId));
  const data = found ? { eventId: String(eventId), caseId: found.id, caseNumber: found.number } : {};
  return JSON.stringify({ type: kind, timestamp: at.toISOString(), data });
}

const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** Writes down what came of it; gives whether to go on with this receiver. */
function settle(
  { transact }: Means,
  webhook: Webhook,
  due: Delivery,
  { status, error }: { readonly status: number | null; readonly error: string | null },
): Promise<boolean> {
  return transact(SYSTEM, async (work) => {
    const attempts = Number(due.attempts) + 1;
    if (isTaken(status)) {
      await work.change(
        "UPDATE webhook_delivery SET state = 'sent', attempts = ?, tried_at = ?, sent_at = ?, status = ?, error = NULL WHERE id = ? AND state = 'waiting'",
        [attempts, work.at, work.at, status, due.id],
      );
      await work.change(
        "UPDATE webhook SET failures = 0, failing_since = NULL, next_at = NULL, last_ok_at = ? WHERE id = ?",
        [work.at, webhook.id],
      );
      return true;
    }
    const failures = Number(webhook.failures) + 1;
    const since = webhook.failingSince ?? work.at;
    const next = new Date(work.at.getTime() + webhookBackoff(failures));
    const isOld = work.at.getTime() - due.queuedAt.getTime() >= GIVE_UP_MS;
    await work.change(
      "UPDATE webhook_delivery SET state = ?, attempts = ?, tried_at = ?, due_at = ?, status = ?, error = ? WHERE id = ? AND state = 'waiting'",
      [isOld ? "failed" : "waiting", attempts, work.at, next, status, error, due.id],
    );
    const why = status === 410 ? "gone" : work.at.getTime() - since.getTime() >= PATIENCE_MS ? "failing" : null;
    // Its owner may have revoked or paused it while we spoke.
    const changed = await work.change(
      "UPDATE webhook SET failures = ?, failing_since = ?, next_at = ?, state = ?, paused_why = ? WHERE id = ? AND state = 'active'",
      [failures, since, next, why ? "paused" : "active", why, webhook.id],
    );
    if (why && changed === 1)
      await work.emit({
        name: "webhook.paused",
        about: `account:${webhook.accountId}`,
        courtCode: null,
        webhookId: String(webhook.id),
        accountId: String(webhook.accountId),
      });
    return false;
  });
}

async function nowOf({ database, clock }: Means): Promise<Date> {
  const [row] = await database.read<{ now: Date }>("SELECT UTC_TIMESTAMP(3) AS now");
  return clock.shifted(row?.now ?? new Date());
}

export const forgetDeliveries = ({ database }: Means, before: Date): Promise<number> =>
  inBites(database, "DELETE FROM webhook_delivery WHERE state <> 'waiting' AND queued_at < ?", [before]);
