import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { within } from "#core/within.ts";
import type { Work } from "#core/work.ts";
import { listAbsences, listStaffOf, type StaffMember } from "#modules/account/index.ts";
import { findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import type { Why } from "./events.ts";
import { type Thread, ThreadStep } from "./model.ts";
import { problem } from "./problems.ts";
import { BENCH } from "./workflow.ts";

/** The people of a court who may own threads, and which of them are away on the day of the work. */
export interface Bench {
  readonly staff: readonly StaffMember[];
  isHere(id: string | null): id is string;
  isStaff(id: string | null): id is string;
}

export async function benchOf(work: Work, { database }: Pick<Means, "database">, courtCode: string): Promise<Bench> {
  const staff = await listStaffOf(courtCode, BENCH, work.tx);
  const today = courtDayOf(work.at);
  const absences = await listAbsences(within(work, database), { courtCode, from: today, until: today });
  const away = new Set(absences.map(({ staffId }) => String(staffId)));
  const known = new Set(staff.map(({ id }) => String(id)));
  return {
    staff: staff.map((one) => ({ ...one, id: String(one.id) })),
    isHere: (id): id is string => id !== null && known.has(id) && !away.has(id),
    isStaff: (id): id is string => id !== null && known.has(id),
  };
}

/** Whose a thread is by rule, in this order: the case's court clerk, its judge, whoever is on duty, and then everybody. */
async function candidates(work: Work, means: Means, bench: Bench, courtCode: string, caseId: string | null) {
  const ofCase = caseId === null ? [] : await peopleOfCase(work, means, caseId);
  const duty = await work.query<{ id: string }>(
    "SELECT account_id AS id FROM contact_duty WHERE court_code = ? ORDER BY position, account_id",
    [courtCode],
  );
  const onDuty = duty.map(({ id }) => String(id));
  const byRole = (role: string) => bench.staff.filter((one) => one.role === role).map(({ id }) => id);
  const load = new Map(
    (
      await work.query<{ id: string; n: number }>(
        "SELECT owner_id AS id, COUNT(*) AS n FROM thread WHERE court_code = ? AND awaiting = 'court' GROUP BY owner_id",
        [courtCode],
      )
    ).map(({ id, n }) => [String(id), Number(n)]),
  );
  // The least busy first; sorting is stable, so the order of the table decides between equals.
  const byLoad = (ids: readonly string[]) => [...ids].sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0));
  return [
    ...ofCase,
    ...byLoad(onDuty),
    ...byLoad(byRole("clerk")),
    ...byLoad(byRole("court_clerk")),
    ...byLoad(byRole("supervisor")),
    ...byLoad(byRole("judge")),
  ].filter((id) => bench.isStaff(id));
}

export async function peopleOfCase(work: Work, { database }: Pick<Means, "database">, caseId: string) {
  const { courtClerkId, judgeId } = await findCaseRow(within(work, database), SYSTEM, caseId);
  return [courtClerkId, judgeId].flatMap((id) => (id === null ? [] : [String(id)]));
}

/** Whose a new thread is, and who owns it today. Throws 422 where a court has nobody here who could answer. */
export async function firstOwner(work: Work, means: Means, courtCode: string, caseId: string | null) {
  const bench = await benchOf(work, means, courtCode);
  const inOrder = await candidates(work, means, bench, courtCode, caseId);
  const ofCase = caseId === null ? [] : (await peopleOfCase(work, means, caseId)).filter(bench.isStaff);
  // A case's own people are its home also while they are away; a question goes to somebody who is here.
  const homeId = ofCase[0] ?? inOrder.find(bench.isHere) ?? inOrder[0];
  if (homeId === undefined) throw problem("thread.court_away");
  return { homeId, ownerId: ownerToday(bench, inOrder, homeId, null) };
}

/** Home where it is here; else the stand-in that has it, while here; else the first who is here. Never nobody. */
function ownerToday(bench: Bench, inOrder: readonly string[], homeId: string, now: string | null): string {
  if (bench.isHere(homeId)) return homeId;
  if (bench.isHere(now)) return now;
  return inOrder.find(bench.isHere) ?? homeId;
}

/**
 * Puts a thread with whoever is to answer it today. Its waiting goes on as it is: neither the due time nor what was escalated
 * changes with the owner. `rehome`: the case has other people now, and the rule may move what nobody moved by hand.
 */
export async function settleOwner(
  work: Work,
  means: Means,
  thread: Thread,
  { rehome = false }: { rehome?: boolean } = {},
): Promise<void> {
  const bench = await benchOf(work, means, thread.courtCode);
  const caseId = thread.caseId === null ? null : String(thread.caseId);
  const inOrder = await candidates(work, means, bench, thread.courtCode, caseId);
  const was = { homeId: String(thread.homeId), ownerId: String(thread.ownerId) };
  const isGone = !bench.isStaff(was.homeId);
  const byRule = isGone || (rehome && !thread.byHand);
  const homeId = byRule ? (inOrder.find((id) => rehome || bench.isHere(id)) ?? inOrder[0] ?? was.homeId) : was.homeId;
  const ownerId = ownerToday(bench, inOrder, homeId, homeId === was.homeId ? was.ownerId : null);
  if (homeId === was.homeId && ownerId === was.ownerId) return;
  await thread.update({ homeId, ownerId, ...(byRule ? { byHand: false } : {}) }, { transaction: work.tx });
  if (ownerId === was.ownerId) return;
  await tellReassigned(
    work,
    thread,
    was.ownerId,
    isGone ? "gone" : rehome ? "case" : ownerId === homeId ? "back" : "away",
  );
}

/** Gives a thread to a colleague for good. Throws `thread.no_staff`, `thread.staff_away`. */
export async function giveTo(work: Work, means: Means, thread: Thread, staffId: string): Promise<void> {
  const bench = await benchOf(work, means, thread.courtCode);
  if (!bench.isStaff(staffId)) throw problem("thread.no_staff");
  if (!bench.isHere(staffId)) throw problem("thread.staff_away");
  const from = String(thread.ownerId);
  await thread.update({ homeId: staffId, ownerId: staffId, byHand: true }, { transaction: work.tx });
  if (from !== staffId) await tellReassigned(work, thread, from, "hand");
}

async function tellReassigned(work: Work, thread: Thread, fromId: string, why: Why): Promise<void> {
  const toId = String(thread.ownerId);
  await writeStep(work, thread, { action: "reassign", why, fromId, toId });
  await work.emit({ name: "thread.reassigned", ...aboutThread(thread), fromId, toId, why });
}

export const aboutThread = (thread: Thread) => ({
  about: `thread:${thread.id}`,
  courtCode: thread.courtCode,
  threadId: String(thread.id),
  caseId: thread.caseId === null ? null : String(thread.caseId),
});

/** A line of the thread's record; gives false where the same rung of this waiting stands there already. */
export async function writeStep(
  work: Work,
  thread: Thread,
  { action, why = "", rung = null, fromId = null, toId = null }: Partial<ThreadStep> & { action: string },
): Promise<void> {
  await ThreadStep.create(
    {
      threadId: String(thread.id),
      action,
      why,
      actorId: work.actor.accountId,
      role: work.actor.role,
      turn: thread.turn,
      rung,
      fromId,
      toId,
      at: work.at,
    },
    { transaction: work.tx },
  );
}
