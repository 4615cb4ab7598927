import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import { courtDayOf, daysBetween } from "#core/period.ts";
import type { Means } from "#modules/module.ts";
import { enqueue, forgetDuplicate } from "./item.ts";
import { IntakeItem } from "./model.ts";
import { repoolAbsent } from "./repool.ts";
import { refreshSeries } from "./series.ts";
import { intakeWorkflow } from "./workflow.ts";

/** What the queue does on being told. Each may be told twice. */
export function intakeSubscribers(means: Means): Subscribers {
  return {
    async "filing.moved"({ filingId, action, to }) {
      await means.transact(
        SYSTEM,
        async (work) => {
          if (to === "submitted") return enqueue(work, means, filingId);
          if (to !== "withdrawn" && to !== "lapsed") return;
          const item = await IntakeItem.findOne({
            where: { filingId },
            transaction: work.tx,
            lock: work.tx.LOCK.UPDATE,
          });
          if (!item || item.state === "decided") return;
          const state = intakeWorkflow.next(item.state, "close", "system");
          await item.update(
            {
              state,
              decidedAction: action === "settle" ? "settle" : to === "withdrawn" ? "withdraw" : "lapse",
              decidedBy: null,
              decidedNote: null,
              decidedAt: work.at,
              holderId: null,
              leaseUntil: null,
              dueOn: null,
            },
            { transaction: work.tx },
          );
          if (item.seriesId) await refreshSeries(work, String(item.seriesId));
          await forgetDuplicate(work, means, filingId);
        },
        { repeatable: true },
      );
    },

    async "staff.absence_begun"({ accountId, courtCode }) {
      if (courtCode) await repoolAbsent(means, courtCode, accountId);
    },

    /** Before the period ends, and again when it has: the item goes to the urgent lane and the supervisors are told. */
    async "intake.escalation_due"({ itemId, round }, ring) {
      await means.transact(
        SYSTEM,
        async (work) => {
          const item = await IntakeItem.findByPk(itemId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
          if (
            !item ||
            item.round !== round ||
            item.dueOn === null ||
            (item.state !== "waiting" && item.state !== "claimed")
          )
            return;
          // A ring is set before it is answered: an answer that is younger than the ring is the answer to it.
          if (item.escalatedAt !== null && item.escalatedAt !== undefined && item.escalatedAt > ring.at) return;
          const today = courtDayOf(work.at);
          await item.update({ lane: "urgent", escalatedAt: work.at }, { transaction: work.tx });
          await work.emit({
            name: "intake.escalated",
            about: `intake_item:${itemId}`,
            courtCode: item.courtCode,
            itemId,
            filingId: String(item.filingId),
            dueOn: item.dueOn,
          });
          // Ring again on the morning after it was due: nobody may overlook a breach.
          if (daysBetween(today, item.dueOn) >= 0) {
            const again = new Date(new Date(`${item.dueOn}T09:00:00+08:00`).getTime() + 86_400_000);
            await work.emit(
              {
                name: "intake.escalation_due",
                about: `intake_item:${itemId}`,
                courtCode: item.courtCode,
                itemId,
                round,
              },
              { dueAt: again },
            );
          }
        },
        { repeatable: true },
      );
    },
  };
}
