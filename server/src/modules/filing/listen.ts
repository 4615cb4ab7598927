import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { expireConfirmation } from "./confirmation-offer.ts";
import { lapseFiling, resumeFiling } from "./decide.ts";
import { expireHelp } from "./helper-session.ts";

/** The timers of a filing. Each looks again at the state, so a repeat or a late ring does no harm. */
export function filingSubscribers(means: Means): Subscribers {
  return {
    async "filing.correction_due"({ filingId, round }) {
      await means.transact(SYSTEM, (work) => lapseFiling(work, means, filingId, round), { repeatable: true });
    },
    async "filing.helper_due"({ filingId, helperId }) {
      await means.transact(SYSTEM, (work) => expireHelp(work, filingId, helperId), { repeatable: true });
    },
    async "confirmation.due"({ confirmationId }) {
      await means.transact(SYSTEM, (work) => expireConfirmation(work, confirmationId), { repeatable: true });
    },
    async "filing.mediation_due"({ filingId }) {
      await means.transact(SYSTEM, (work) => resumeFiling(work, means, filingId), { repeatable: true });
    },
  };
}
