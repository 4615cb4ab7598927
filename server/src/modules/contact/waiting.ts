import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { courtParameters } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { dueAfter, LAST_RUNG, rungsOf } from "./due.ts";
import { Thread } from "./model.ts";
import { aboutThread, benchOf, peopleOfCase, writeStep } from "./owner.ts";
import { problem } from "./problems.ts";
import { type Awaiting, threadWorkflow } from "./workflow.ts";

/** What a new waiting is: since when, until when, nothing escalated yet. `after` is the moment it counts from. */
export async function newWaiting(courtCode: string, awaiting: Awaiting, after: Date) {
  const days = await courtParameters(courtCode, courtDayOf(after));
  const workdays = awaiting === "court" ? days.contactReplyDays : days.contactReopenDays;
  return { awaiting, askedAt: after, dueAt: dueAfter(courtCalendar, after, workdays), rung: 0, escalatedTo: null };
}

/** Sets the timers of the waiting that has just begun; those of an earlier one find its turn over. */
export async function setTimers(work: Work, thread: Thread): Promise<void> {
  if (thread.awaiting === "nobody") return;
  const { contactLadderDays } = await courtParameters(thread.courtCode, courtDayOf(thread.askedAt));
  const ring = (rung: number, dueAt: Date) =>
    work.emit({ name: "thread.due", ...aboutThread(thread), turn: thread.turn, rung }, { dueAt });
  if (thread.awaiting === "party") return ring(0, thread.dueAt);
  const [first, second] = rungsOf(courtCalendar, thread.dueAt, contactLadderDays);
  await ring(1, first);
  await ring(2, second);
}

/** What a timer does: nothing where the waiting it was set for is over, or its rung was taken before. Safe to repeat. */
export async function onDue(
  work: Work,
  means: Means,
  { threadId, turn, rung }: { threadId: string; turn: number; rung: number },
): Promise<void> {
  const thread = await Thread.findByPk(threadId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (thread?.state !== "open" || thread.turn !== turn) return;
  if (rung === 0) return closeThread(work, thread, "nobody");
  // The second timer may come first, after an outage: nobody on the ladder is passed over.
  while (thread.rung < rung) await climb(work, means, thread);
}

/** One rung up: the case's judge, then the supervisor. The owner stays, and so does what is due. */
export async function climb(work: Work, means: Means, thread: Thread): Promise<void> {
  if (thread.awaiting !== "court") throw problem("thread.not_waiting");
  if (thread.rung >= LAST_RUNG) throw problem("thread.top");
  const rung = thread.rung + 1;
  const toId = await above(work, means, thread, rung);
  await thread.update({ rung, escalatedTo: toId }, { transaction: work.tx });
  await writeStep(work, thread, { action: "escalate", rung, fromId: String(thread.ownerId), toId });
  const ownerId = String(thread.ownerId);
  await work.emit({ name: "thread.escalated", ...aboutThread(thread), rung, toId, ownerId });
}

async function above(work: Work, means: Means, thread: Thread, rung: number): Promise<string> {
  const bench = await benchOf(work, means, thread.courtCode);
  const owner = String(thread.ownerId);
  if (rung === 1 && thread.caseId !== null) {
    const judge = (await peopleOfCase(work, means, String(thread.caseId))).at(-1) ?? null;
    const isJudge = bench.staff.some(({ id, role }) => id === judge && role === "judge");
    if (isJudge && judge !== owner && bench.isHere(judge)) return judge;
  }
  const supervisors = bench.staff.filter(({ role }) => role === "supervisor").map(({ id }) => id);
  return supervisors.find(bench.isHere) ?? supervisors[0] ?? String(thread.homeId);
}

export async function closeThread(work: Work, thread: Thread, by: "court" | "party" | "nobody"): Promise<void> {
  const state = threadWorkflow.next(thread.state, "close", work.actor.role);
  // By itself it closes when it was due, however late the timer is told.
  const closedAt = by === "nobody" ? thread.dueAt : work.at;
  const waiting = await newWaiting(thread.courtCode, "nobody", closedAt);
  await thread.update({ ...waiting, state, turn: thread.turn + 1, closedAt, closedBy: by }, { transaction: work.tx });
  await writeStep(work, thread, { action: "close", why: by });
  await work.emit({ name: "thread.closed", ...aboutThread(thread), by });
}
