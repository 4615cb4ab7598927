import type { z } from "zod";
import type { Actor } from "#core/actor.ts";
import { addDays, courtDayOf, daysBetween } from "#core/period.ts";
import { listAbsences, listStaffOf } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { playAhead, type Waiting } from "./forecast.ts";
import { presentItems } from "./present.ts";
import type { forecastView } from "./schema.ts";
import { listItemRowsById } from "./store.ts";

const MOST_BREACHES = 50;
const MOST_ITEMS = 5000;
/** The pace of a clerk is that of the last ten working days. */
const PACE_DAYS = 10;

/**
 * 超期预测: which filings will pass their period within `hours`, when each is expected to be decided, and on what that rests:
 * the measured pace of each clerk, their absences, the calendar. Overdue ones come first.
 */
export async function presentForecast(
  means: Means,
  actor: Actor,
  hours: number,
): Promise<z.infer<typeof forecastView>> {
  const now = means.clock.now();
  const today = courtDayOf(now);
  const until = new Date(now.getTime() + hours * 3_600_000);
  const horizon = courtDayOf(until);
  const [rows, clerks] = await Promise.all([
    means.database.read<{
      id: string;
      dueOn: string;
      state: string;
      holderId: string | null;
      assigneeId: string | null;
      leaseUntil: Date | null;
    }>(
      `SELECT id, due_on AS dueOn, state, holder_id AS holderId, assignee_id AS assigneeId, lease_until AS leaseUntil
       FROM intake_item WHERE court_code = ? AND state IN ('waiting', 'claimed') AND due_on IS NOT NULL
       ORDER BY standing, id LIMIT ${MOST_ITEMS}`,
      [actor.courtCode],
    ),
    measureClerks(means, actor, today),
  ]);
  const items: Waiting[] = rows.map(({ id, dueOn, state, holderId, assigneeId, leaseUntil }) => ({
    id,
    dueOn,
    only: state === "claimed" && leaseUntil !== null && leaseUntil >= now ? holderId : assigneeId,
  }));
  const { expectedAt } = playAhead(
    now,
    items,
    clerks.filter(({ perDay }) => perDay > 0),
    isWorkday,
  );
  const breaches = items
    .filter(({ dueOn }) => dueOn < today || endOf(dueOn) <= until)
    .filter(
      ({ id, dueOn }) =>
        dueOn < today || (expectedAt.get(id)?.getTime() ?? Number.POSITIVE_INFINITY) > endOf(dueOn).getTime(),
    )
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const shown = breaches.slice(0, MOST_BREACHES);
  const views = new Map(
    (
      await presentItems(
        means,
        actor,
        await listItemRowsById(
          means.database,
          actor,
          shown.map(({ id }) => id),
        ),
      )
    ).map((view) => [view.id, view]),
  );
  const due = new Map<string, number>();
  for (const { dueOn } of items) if (dueOn <= horizon) due.set(dueOn, (due.get(dueOn) ?? 0) + 1);
  const days = Array.from({ length: daysBetween(today, horizon) + 1 }, (_, at) => addDays(today, at));
  return {
    hours: [...due].sort().map(([dueOn, count]) => ({ at: endOf(dueOn).toISOString(), due: count })),
    breachCount: breaches.length,
    breaches: shown.flatMap(({ id }) => {
      const view = views.get(id);
      if (!view) return [];
      const { title, queue, dueOn, daysLeft, lease, assignee } = view;
      return [
        {
          itemId: id,
          title,
          queue,
          dueOn: dueOn ?? today,
          daysLeft: daysLeft ?? 0,
          lease,
          assignee: assignee?.name ?? null,
          expectedAt: expectedAt.get(id)?.toISOString() ?? null,
        },
      ];
    }),
    capacity: days.map((day) => ({
      day,
      working: isWorkday(day),
      provisional: !courtCalendar.statusOf(day).known,
      items: isWorkday(day)
        ? Math.floor(clerks.reduce((sum, clerk) => sum + (clerk.isAway(day) ? 0 : clerk.perDay), 0))
        : 0,
    })),
    clerks: clerks.map(({ id, name, perDay, days: measured, isAway }) => ({
      id,
      name,
      perDay: Math.round(perDay * 10) / 10,
      measuredDays: measured,
      away: days.filter(isAway),
    })),
    assumptions: [
      `每人的速度取其近 ${PACE_DAYS} 个工作日的办结件数除以在岗工作日数；没有办结记录的人员不计入。`,
      "工作日按已公布的放假安排；登记为不在岗的日子不计。",
      "按到期先后依次办理；已指派或正在审查的只由该人员办理。",
      "预测期内新收的申请到期更晚，不计入；补正后重新提交的也不计入。",
      ...(clerks.every(({ perDay }) => perDay === 0)
        ? ["近期没有办结记录，无法推算速度：期限内到期的全部列为可能超期。"]
        : []),
    ],
  };
}

interface Measured {
  readonly id: string;
  readonly name: string;
  readonly perDay: number;
  readonly days: number;
  isAway(day: string): boolean;
}

async function measureClerks(means: Means, actor: Actor, today: string): Promise<Measured[]> {
  const courtCode = actor.courtCode ?? "";
  const past: string[] = [];
  for (let day = addDays(today, -1); past.length < PACE_DAYS; day = addDays(day, -1))
    if (isWorkday(day)) past.unshift(day);
  const from = past[0] as string;
  const [staff, absences, done] = await Promise.all([
    listStaffOf(courtCode, ["clerk", "supervisor"]),
    listAbsences(means.database, { courtCode, from, until: addDays(today, 30) }),
    means.database.read<{ staffId: string; done: string; firstOn: string }>(
      `SELECT staff_id AS staffId, COUNT(*) AS done, MIN(on_day) AS firstOn FROM intake_record
       WHERE court_code = ? AND on_day >= ? AND on_day <= ? AND action <> 'arrive' AND staff_id <> 0 GROUP BY staff_id`,
      [courtCode, from, today],
    ),
  ]);
  return staff.flatMap(({ id, name, role }) => {
    const own = absences.filter(({ staffId }) => String(staffId) === id);
    const isAway = (day: string) => own.some((one) => one.from <= day && day <= one.until);
    const row = done.find(({ staffId }) => String(staffId) === id);
    // Today counts as soon as it is all there is to go by.
    const present = past.filter((day) => row && day >= row.firstOn && !isAway(day)).length;
    const days = row ? Math.max(1, present + (row.firstOn === today ? 1 : 0)) : 0;
    const perDay = row ? Number(row.done) / days : 0;
    return role === "supervisor" && perDay === 0 ? [] : [{ id, name, perDay, days, isAway }];
  });
}

const isWorkday = (day: string): boolean => courtCalendar.statusOf(day).working;
/** The last moment of a court day. */
const endOf = (day: string): Date => new Date(Date.parse(`${addDays(day, 1)}T00:00:00+08:00`) - 1);
