import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Means } from "#modules/module.ts";
import { answersDue } from "./negotiate.ts";
import { seatSubscribers } from "./seat-follow.ts";
import { summonParties } from "./summons.ts";

/** What the room does by itself; each looks at how things are now, so that hearing it twice changes nothing. */
export function hearingSubscribers(means: Means): Subscribers {
  return {
    ...seatSubscribers(means),
    "hearing.notified": ({ hearingId }) => summonParties(means, hearingId),
    "hearing.answers_due": ({ hearingId, negotiationId }) =>
      means.transact(SYSTEM, (work) => answersDue(work, means, hearingId, negotiationId), { repeatable: true }),
  };
}
