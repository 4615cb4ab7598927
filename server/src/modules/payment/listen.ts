import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { requestChangeRefunds } from "./refund.ts";
import { sendRefunds } from "./send-refunds.ts";

/** What payment does on being told. Each may be told twice. */
export function paymentSubscribers(means: Means): Subscribers {
  return {
    /** The fee became less: whoever changed it has asked for the refund, somebody else approves it. */
    async "fee.refund_due"({ noticeId, changeId, amountFen }, { actorId, role }) {
      const changedBy = role === "system" || actorId === "0" ? null : actorId;
      await means.transact(
        SYSTEM,
        (work) => requestChangeRefunds(work, means, { noticeId, changeId, amountFen, changedBy }),
        { repeatable: true },
      );
    },
    /** Sent at once; where that fails, the worker's next look sends it. */
    async "refund.approved"() {
      await sendRefunds(means);
    },
  };
}
