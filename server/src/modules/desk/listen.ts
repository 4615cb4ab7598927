import { SYSTEM } from "#core/actor.ts";
import type { EventFacts, EventName, Subscribers, Told } from "#core/outbox.ts";
import { Problem } from "#core/problem.ts";
import type { Work } from "#core/work.ts";
import { holdCaseFor } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { tellDesks } from "./changes.ts";
import { DUTIES, type Heard, type Made } from "./duties.ts";
import { CHANGES } from "./kinds.ts";
import { closeObligation, factsOf, holdObligation } from "./obligations.ts";

/**
 * What happens in a case, as the desk hears it: first the duties it begins, moves or ends, then a line in everybody's inbox,
 * in one work with the case's row held, so that a line never names a duty that is not there. Repeats find it done.
 */
export function deskSubscribers(means: Means): Subscribers {
  const names = new Set([...Object.keys(DUTIES), ...Object.keys(CHANGES)] as EventName[]);
  const heard = [...names].map((name) => [name, hearing(means, name)] as const);
  return { ...Object.fromEntries(heard), ...timers(means) };
}

function hearing<Name extends EventName>({ transact, database }: Means, name: Name) {
  const duty = DUTIES[name] as ((event: Told<Name>, heard: Heard) => Promise<Made | undefined>) | undefined;
  return (event: Told<Name>, facts: EventFacts): Promise<void> =>
    transact(
      SYSTEM,
      async (work) => {
        const { caseId } = event as unknown as { caseId?: string };
        const courtCase = caseId ? await holdIfThere(work, caseId) : null;
        // Fees of what is not one of our cases concern no desk.
        if (!courtCase) return;
        const made = await duty?.(event, { work, database, courtCase, eventId: facts.eventId });
        await tellDesks(work, name, String(courtCase.id), event, facts, made ?? undefined);
      },
      { repeatable: true },
    );
}

/** A timer of an earlier last day finds another one there, and does nothing. */
function timers({ transact }: Means): Subscribers {
  return {
    async "obligation.due"({ obligationId, caseId, dueOn }) {
      await transact(
        SYSTEM,
        async (work) => {
          await holdIfThere(work, caseId);
          const one = await holdObligation(work, obligationId);
          if (one?.state !== "open" || one.dueOn !== dueOn) return;
          // Whether somebody came is for the court to say: it records that the sitting was held, put off or called off.
          if (one.rule === "attend") return;
          await closeObligation(work, one, "expired", "");
          await work.emit({ name: "obligation.expired", ...factsOf(one) });
        },
        { repeatable: true },
      );
    },
  };
}

async function holdIfThere(work: Work, caseId: string) {
  try {
    return await holdCaseFor(work, caseId, { anyway: true });
  } catch (error) {
    if (error instanceof Problem && error.code === "case.not_found") return null;
    throw error;
  }
}
