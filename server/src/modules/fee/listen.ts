import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { factsOf } from "./events.ts";
import { moveNotice } from "./move.ts";
import { holdNotice } from "./store.ts";

/** A payment that began in time is waited for, this long beyond its own end. */
const WAIT_MS = 60_000;

/** The timers of a notice. Each looks again at state and day, so a repeat, or one of an earlier period, does nothing. */
export function feeSubscribers(means: Means): Subscribers {
  return {
    async "fee.due"({ noticeId, dueOn }) {
      await means.transact(
        SYSTEM,
        async (work) => {
          const notice = await holdNotice(work, noticeId);
          if (notice.state !== "open" || notice.dueOn !== dueOn) return;
          const facts = { ...factsOf(notice), dueOn };
          if (notice.payingUntil !== null && notice.payingUntil > work.at) {
            const dueAt = new Date(notice.payingUntil.getTime() + WAIT_MS);
            return work.emit({ name: "fee.due", ...facts }, { dueAt });
          }
          await moveNotice(work, means, notice, "lapse", { name: "fee.overdue", ...facts });
        },
        { repeatable: true },
      );
    },
  };
}
