import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import { addDays, courtDayOf } from "#core/period.ts";
import { listAbsences } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { Thread } from "./model.ts";
import { settleOwner } from "./owner.ts";
import { onDue } from "./waiting.ts";

/** What this room does on being told; each looks at how things are now, so that hearing it twice changes nothing. */
export function contactSubscribers(means: Means): Subscribers {
  return {
    "thread.due": (due) => means.transact(SYSTEM, (work) => onDue(work, means, due), { repeatable: true }),

    /** Threads go to the stand-in while somebody is away, and come back on the first day after. */
    async "staff.absence_begun"({ accountId, courtCode }) {
      if (!courtCode) return;
      const today = courtDayOf(means.clock.now());
      const away = await listAbsences(means.database, { courtCode, from: today, until: today, staffId: accountId });
      for (const { until } of away) {
        const dueAt = new Date(`${addDays(until, 1)}T00:00:00+08:00`);
        const over = { name: "contact.absence_over", about: `account:${accountId}`, courtCode, accountId } as const;
        await means.transact(SYSTEM, (work) => work.emit(over, { dueAt }), { repeatable: true });
      }
      await settleThreadsOf(means, accountId);
    },
    "contact.absence_over": ({ accountId }) => settleThreadsOf(means, accountId),
    "staff.absence_removed": ({ accountId }) => settleThreadsOf(means, accountId),
    "staff.moved": ({ accountId }) => settleThreadsOf(means, accountId),
    "staff.role_changed": ({ accountId }) => settleThreadsOf(means, accountId),

    "case.assigned": ({ caseId }) => settle(means, "case_id = ? AND state = 'open'", [caseId], true),
  };
}

const settleThreadsOf = (means: Means, accountId: string): Promise<void> =>
  settle(means, "(owner_id = ? OR home_id = ?) AND state = 'open'", [accountId, accountId], false);

/** Each thread in a work of its own. */
async function settle(means: Means, where: string, values: string[], rehome: boolean): Promise<void> {
  const rows = await means.database.read<{ id: string }>(`SELECT id FROM thread WHERE ${where} ORDER BY id`, values);
  for (const { id } of rows) {
    await means.transact(
      SYSTEM,
      async (work) => {
        const thread = await Thread.findByPk(String(id), { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
        if (thread?.state === "open") await settleOwner(work, means, thread, { rehome });
      },
      { repeatable: true },
    );
  }
}
