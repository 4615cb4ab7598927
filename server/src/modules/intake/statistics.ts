import type { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { addDays, courtDayOf, daysBetween } from "#core/period.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { queueListView, staffListView, statisticsView } from "./schema.ts";

/** The first moment of a court day, as a database time. */
const dawnOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

export async function presentQueues({ database, clock }: Means, actor: Actor): Promise<z.infer<typeof queueListView>> {
  const today = courtDayOf(clock.now());
  const rows = await database.read<{
    id: string;
    name: string;
    category: string;
    waiting: string;
    claimed: string;
    mine: string;
    correction: string;
    overdue: string;
    dueSoon: string;
  }>(
    `SELECT q.id, q.name, q.category,
       COALESCE(SUM(i.state = 'waiting'), 0) AS waiting, COALESCE(SUM(i.state = 'claimed'), 0) AS claimed,
       COALESCE(SUM(i.state = 'claimed' AND i.holder_id = ?), 0) AS mine, COALESCE(SUM(i.state = 'awaiting_correction'), 0) AS correction,
       COALESCE(SUM(i.due_on < ?), 0) AS overdue, COALESCE(SUM(i.due_on BETWEEN ? AND ?), 0) AS dueSoon
     FROM intake_queue q LEFT JOIN intake_item i ON i.queue_id = q.id AND i.state IN ('waiting', 'claimed', 'awaiting_correction')
     WHERE q.court_code = ? GROUP BY q.id ORDER BY q.id`,
    [actor.accountId, today, today, addDays(today, 2), actor.courtCode],
  );
  const court = { code: actor.courtCode ?? "", name: await nameOfCourt(actor.courtCode ?? "") };
  return {
    items: rows.map(({ id, name, category, ...counts }) => ({
      id,
      name,
      court,
      category,
      counts: {
        waiting: Number(counts.waiting),
        claimed: Number(counts.claimed),
        mine: Number(counts.mine),
        correction: Number(counts.correction),
        overdue: Number(counts.overdue),
        dueSoon: Number(counts.dueSoon),
      },
    })),
  };
}

interface Done {
  readonly decidedBy: string;
  readonly action: string;
  readonly done: string;
}

const doneSince = ({ database }: Means, actor: Actor, since: Date): Promise<Done[]> =>
  database.read<Done>(
    "SELECT decided_by AS decidedBy, decided_action AS action, COUNT(*) AS done FROM intake_item WHERE court_code = ? AND decided_at >= ? AND decided_by IS NOT NULL GROUP BY decided_by, decided_action",
    [actor.courtCode, since],
  );

const openByHolder = ({ database, clock }: Means, actor: Actor) =>
  database.read<{ holderId: string; open: string }>(
    "SELECT holder_id AS holderId, COUNT(*) AS open FROM intake_item WHERE court_code = ? AND state = 'claimed' AND lease_until >= ? GROUP BY holder_id",
    [actor.courtCode, clock.now()],
  );

async function clerkLoads(means: Means, actor: Actor) {
  const today = courtDayOf(means.clock.now());
  const [staff, open, done] = await Promise.all([
    listStaffOf(actor.courtCode ?? "", ["clerk", "supervisor"]),
    openByHolder(means, actor),
    doneSince(means, actor, dawnOf(today)),
  ]);
  const doneBy = (id: string, action?: string) =>
    done
      .filter((row) => row.decidedBy === id && (!action || row.action === action))
      .reduce((sum, row) => sum + Number(row.done), 0);
  return staff.map(({ id, name, role }) => ({
    id,
    name,
    role,
    open: Number(open.find(({ holderId }) => holderId === id)?.open ?? 0),
    doneToday: doneBy(id),
    acceptedToday: doneBy(id, "accept"),
    returnedToday: doneBy(id, "return"),
    refusedToday: doneBy(id, "refuse"),
  }));
}

export async function presentStaff(means: Means, actor: Actor): Promise<z.infer<typeof staffListView>> {
  return {
    items: (await clerkLoads(means, actor)).map(({ id, name, role, open, doneToday }) => ({
      id,
      name,
      role,
      open,
      doneToday,
    })),
  };
}

/** Load and age of everything that is not decided. */
export async function presentStatistics(means: Means, actor: Actor): Promise<z.infer<typeof statisticsView>> {
  const today = courtDayOf(means.clock.now());
  const [queues, ages, clerks] = await Promise.all([
    means.database.read<{
      id: string;
      name: string;
      waiting: string;
      claimed: string;
      correction: string;
      oldest: Date | null;
      overdue: string;
      dueToday: string;
      due3: string;
    }>(
      `SELECT q.id, q.name, COALESCE(SUM(i.state = 'waiting'), 0) AS waiting, COALESCE(SUM(i.state = 'claimed'), 0) AS claimed,
         COALESCE(SUM(i.state = 'awaiting_correction'), 0) AS correction, MIN(CASE WHEN i.state <> 'awaiting_correction' THEN i.received_at END) AS oldest,
         COALESCE(SUM(i.due_on < ?), 0) AS overdue, COALESCE(SUM(i.due_on = ?), 0) AS dueToday, COALESCE(SUM(i.due_on BETWEEN ? AND ?), 0) AS due3
       FROM intake_queue q LEFT JOIN intake_item i ON i.queue_id = q.id AND i.state IN ('waiting', 'claimed', 'awaiting_correction')
       WHERE q.court_code = ? GROUP BY q.id ORDER BY q.id`,
      [today, today, today, addDays(today, 3), actor.courtCode],
    ),
    means.database.read<{ receivedOn: Date; items: string }>(
      "SELECT received_at AS receivedOn, COUNT(*) AS items FROM intake_item WHERE court_code = ? AND state IN ('waiting', 'claimed') GROUP BY received_at",
      [actor.courtCode],
    ),
    clerkLoads(means, actor),
  ]);
  const buckets: [label: string, upTo: number][] = [
    ["今天收到", 0],
    ["1–2 天", 2],
    ["3–4 天", 4],
    ["5–7 天", 7],
    ["7 天以上", Number.POSITIVE_INFINITY],
  ];
  const counts = buckets.map(([label]) => ({ label, count: 0 }));
  for (const { receivedOn, items } of ages) {
    const age = daysBetween(courtDayOf(receivedOn), today);
    const bucket = counts[buckets.findIndex(([, upTo]) => age <= upTo)];
    if (bucket) bucket.count += Number(items);
  }
  return {
    byQueue: queues.map(({ id, name, oldest, waiting, claimed, correction, overdue, dueToday, due3 }) => ({
      queue: { id, name },
      waiting: Number(waiting),
      claimed: Number(claimed),
      correction: Number(correction),
      oldestDays: oldest ? daysBetween(courtDayOf(oldest), today) : 0,
      overdue: Number(overdue),
      dueToday: Number(dueToday),
      due3Days: Number(due3),
    })),
    byClerk: clerks.map(({ role: _, ...load }) => load),
    ageBuckets: counts,
  };
}
