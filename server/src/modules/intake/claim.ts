import { isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { describeAccounts, listAbsences, listStaffOf } from "#modules/account/index.ts";
import { courtParameters } from "#modules/court/index.ts";
import { takeFiling } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { IntakeItem } from "./model.ts";
import { problem } from "./problems.ts";
import { type IntakeAction, intakeWorkflow, isOpen, labelOfEnding } from "./workflow.ts";

/** How long a claim holds without being extended. */
export const LEASE_MS = 15 * 60_000;
/** What a clerk skipped does not come back to the same clerk for a day. */
const SKIP_MS = 24 * 3_600_000;

/**
 * Takes the next item of a queue for the actor, or null where nothing waits. Any number of clerks may pull at once: each
 * item goes to one of them (SKIP LOCKED), with a lease by the database's clock and a new fencing number (rule 8).
 */
export async function takeNext(work: Work, means: Means, queueId: string): Promise<IntakeItem | null> {
  const left = await repool(work, queueId);
  await demandRoom(work);
  let id = await firstWaiting(work, queueId);
  if (id === null && left.length > 0) {
    // Somebody else is putting them back, or deciding, at this moment: what comes of it is waited for, not taken for an empty queue.
    await work.query(
      `SELECT id FROM intake_item WHERE id IN (${left.map(() => "?").join(",")}) ORDER BY id LIMIT 1 FOR UPDATE`,
      left,
    );
    id = await firstWaiting(work, queueId);
  }
  if (id === null) return null;
  const item = await IntakeItem.findByPk(id, { transaction: work.tx, rejectOnEmpty: true });
  return claim(work, means, item);
}

async function firstWaiting(work: Work, queueId: string): Promise<string | null> {
  const [row] = await work.query<{ id: string }>(
    `SELECT i.id FROM intake_item i
     WHERE i.queue_id = ? AND i.court_code = ? AND i.state = 'waiting' AND (i.assignee_id IS NULL OR i.assignee_id = ?)
       AND NOT EXISTS (SELECT 1 FROM intake_skip s WHERE s.item_id = i.id AND s.staff_id = ? AND s.at > ?)
     ORDER BY i.standing, i.id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [queueId, work.actor.courtCode, work.actor.accountId, work.actor.accountId, new Date(work.at.getTime() - SKIP_MS)],
  );
  return row?.id ?? null;
}

/**
 * Leases that ran out go back to the pool by themselves: a clerk who is called away blocks nobody. Looked for without a
 * lock, and locked one by one where nobody else does: an UPDATE over the range would wait for every item that is being
 * decided, and whoever decides for it. Gives those that somebody else held locked.
 */
async function repool(work: Work, queueId: string): Promise<string[]> {
  const ranOut = await work.query<{ id: string }>(
    "SELECT id FROM intake_item WHERE queue_id = ? AND state = 'claimed' AND lease_until < ? ORDER BY id LIMIT 500",
    [queueId, work.at],
  );
  return putBackRanOut(
    work,
    ranOut.map(({ id }) => id),
  );
}

/** Puts back those of these items whose lease has run out and that nobody holds locked; gives the others. */
export async function putBackRanOut(work: Work, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const marks = ids.map(() => "?").join(",");
  const rows = await work.query<{ id: string }>(
    `SELECT id FROM intake_item WHERE id IN (${marks}) AND state = 'claimed' AND lease_until < ? ORDER BY id FOR UPDATE SKIP LOCKED`,
    [...ids, work.at],
  );
  const free = rows.map(({ id }) => id);
  if (free.length > 0)
    await work.change(
      `UPDATE intake_item SET state = 'waiting', holder_id = NULL, lease_until = NULL WHERE id IN (${free.map(() => "?").join(",")})`,
      free,
    );
  return ids.filter((id) => !free.includes(id));
}

/** Claims one item by name. Throws where somebody else holds it, it was given to somebody else, or the desk is full. */
export async function claimItem(work: Work, means: Means, item: IntakeItem): Promise<IntakeItem> {
  await refuseIfDecided(item);
  if (!(isHeld(item, work.at) && String(item.holderId) === work.actor.accountId)) await demandRoom(work);
  return claimForDecision(work, means, item);
}

/** The same for what is decided in the same work and so lies on nobody's desk. */
export async function claimForDecision(work: Work, means: Means, item: IntakeItem): Promise<IntakeItem> {
  await refuseIfDecided(item);
  if (isHeld(item, work.at)) {
    if (String(item.holderId) === work.actor.accountId) return extend(work, item);
    throw await leasedBy(item);
  }
  if (item.assigneeId && String(item.assigneeId) !== work.actor.accountId && work.actor.role !== "supervisor") {
    const people = await describeAccounts([String(item.assigneeId)]);
    throw problem("intake.assigned", {
      detail: `该件已指派给${people.get(String(item.assigneeId))?.displayName ?? "其他同事"}。`,
    });
  }
  if (item.state === "claimed") await item.update({ state: "waiting" }, { transaction: work.tx });
  return claim(work, means, item);
}

/**
 * 在手件数上限: nobody takes more than the court has settled (409 `intake.wip_full`). The clerk's own row is held, so that
 * two windows of one clerk cannot both take the last place.
 */
async function demandRoom(work: Work): Promise<void> {
  const { accountId, courtCode } = work.actor;
  if (courtCode === null) return;
  const { claimsPerClerk } = await courtParameters(courtCode);
  await work.change("INSERT INTO intake_desk (staff_id) VALUES (?) ON DUPLICATE KEY UPDATE staff_id = staff_id", [
    accountId,
  ]);
  await work.query("SELECT staff_id FROM intake_desk WHERE staff_id = ? FOR UPDATE", [accountId]);
  const [row] = await work.query<{ inHand: string }>(
    "SELECT COUNT(*) AS inHand FROM intake_item WHERE holder_id = ? AND state = 'claimed' AND lease_until >= ?",
    [accountId, work.at],
  );
  const inHand = Number(row?.inHand ?? 0);
  if (inHand < claimsPerClerk) return;
  throw problem("intake.wip_full", {
    detail: `您在手 ${inHand} 件，本院上限为 ${claimsPerClerk} 件。请先办结一件，或把暂时不办的放回队列，再领取新的。`,
    members: { inHand, limit: claimsPerClerk },
  });
}

async function claim(work: Work, means: Means, item: IntakeItem): Promise<IntakeItem> {
  const state = intakeWorkflow.next(item.state, "claim", work.actor.role);
  await item.update(
    {
      state,
      holderId: work.actor.accountId,
      leaseUntil: new Date(work.at.getTime() + LEASE_MS),
      fence: String(BigInt(item.fence) + 1n),
    },
    { transaction: work.tx },
  );
  await takeFiling(work, means, String(item.filingId));
  await tell(work, item, "claim");
  return item;
}

async function extend(work: Work, item: IntakeItem): Promise<IntakeItem> {
  await item.update({ leaseUntil: new Date(work.at.getTime() + LEASE_MS) }, { transaction: work.tx });
  return item;
}

export async function extendItem(work: Work, item: IntakeItem, fence: number | undefined): Promise<IntakeItem> {
  await demandLease(work, item, fence);
  return extend(work, item);
}

export async function releaseItem(work: Work, item: IntakeItem, fence: number | undefined): Promise<IntakeItem> {
  await demandLease(work, item, fence);
  return putBack(work, item, "release", "");
}

export async function skipItem(
  work: Work,
  item: IntakeItem,
  fence: number | undefined,
  reason: string,
): Promise<IntakeItem> {
  await demandLease(work, item, fence);
  await work.change(
    "INSERT INTO intake_skip (item_id, staff_id, reason, at) VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE reason = ?, at = ?",
    [item.id, work.actor.accountId, reason, work.at, reason, work.at],
  );
  return putBack(work, item, "skip", reason);
}

/** The supervisor gives an item to one clerk; whoever held it loses the claim, and their fence with it. */
export async function assignItem(work: Work, item: IntakeItem, assigneeId: string | null): Promise<IntakeItem> {
  await refuseIfDecided(item);
  intakeWorkflow.next(item.state, "assign", work.actor.role);
  if (assigneeId !== null) {
    const staff = await listStaffOf(item.courtCode, ["clerk", "supervisor"], work.tx);
    if (!staff.some(({ id }) => id === assigneeId)) throw problem("intake.unknown_staff");
    const today = courtDayOf(work.at);
    const away = await listAbsences(
      { read: work.query },
      { courtCode: item.courtCode, from: today, until: today, staffId: assigneeId },
    );
    if (away[0])
      throw problem("intake.staff_absent", { detail: `这位同事不在岗至 ${away[0].until}，请指派给其他人。` });
  }
  await item.update({ assigneeId, fence: String(BigInt(item.fence) + 1n) }, { transaction: work.tx });
  return putBack(work, item, "assign", "");
}

async function putBack(
  work: Work,
  item: IntakeItem,
  action: "release" | "skip" | "assign",
  reason: string,
): Promise<IntakeItem> {
  const state = intakeWorkflow.next(item.state, action, work.actor.role);
  await item.update({ state, holderId: null, leaseUntil: null }, { transaction: work.tx });
  await tell(work, item, action, reason);
  return item;
}

export async function tell(work: Work, item: IntakeItem, action: IntakeAction, reason = ""): Promise<void> {
  await work.emit({
    name: "intake.moved",
    about: `intake_item:${item.id}`,
    courtCode: item.courtCode,
    itemId: item.id,
    filingId: String(item.filingId),
    action,
    fence: String(item.fence),
    reason,
  });
}

/** The item, held until the work is done. What belongs to another court does not exist. */
export async function holdItem(work: Work, id: string): Promise<IntakeItem> {
  const item = await IntakeItem.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const isOurs = work.actor.role === "system" || (isStaff(work.actor) && item?.courtCode === work.actor.courtCode);
  if (!item || !isOurs) throw problem("intake.not_found");
  return item;
}

export const isHeld = (item: Pick<IntakeItem, "state" | "leaseUntil">, at: Date): boolean =>
  item.state === "claimed" && item.leaseUntil !== null && item.leaseUntil >= at;

/**
 * Before anything is done with an item: it is not decided (the second clerk is told who did and what), the actor holds
 * the lease, and the fencing number is the one of this lease.
 */
export async function demandLease(work: Work, item: IntakeItem, fence: number | undefined): Promise<void> {
  await refuseIfDecided(item);
  // Whoever shows a number once held the item: they hear that it is over, not only that somebody else has it.
  if (fence !== undefined && fence !== Number(item.fence)) throw problem("intake.stale_fence");
  if (!isHeld(item, work.at)) throw fence === undefined ? problem("intake.not_claimed") : problem("intake.stale_fence");
  if (String(item.holderId) !== work.actor.accountId) throw await leasedBy(item);
  if (fence === undefined) throw problem("intake.fence_required");
}

async function refuseIfDecided(item: IntakeItem): Promise<void> {
  if (isOpen(item.state)) return;
  const action = item.decidedAction;
  const label = action ? labelOfEnding(action) : "办结";
  const byName = item.decidedBy
    ? ((await describeAccounts([String(item.decidedBy)])).get(String(item.decidedBy))?.displayName ?? "其他同事")
    : "系统";
  const at = item.decidedAt?.toISOString() ?? null;
  throw problem("intake.decided", {
    detail: `${byName}已于${item.decidedAt ? clockTime(item.decidedAt) : "先前"}办结：${label}。您的操作没有生效，请处理下一件。`,
    members: { decided: { action, label, byName, at } },
  });
}

async function leasedBy(item: IntakeItem) {
  const holder = String(item.holderId);
  const name = (await describeAccounts([holder])).get(holder)?.displayName ?? "其他同事";
  return problem("intake.leased", {
    detail: `${name}正在审查该件，${item.leaseUntil ? `领取至${clockTime(item.leaseUntil)}` : ""}。`,
    members: { lease: { holder: { id: holder, name }, until: item.leaseUntil?.toISOString() ?? null } },
  });
}

const clockTime = (moment: Date): string =>
  moment.toLocaleString("zh-CN", {
    timeZone: "Asia/Shanghai",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
