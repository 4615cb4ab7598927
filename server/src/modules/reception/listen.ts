import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import { readSessions } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { afterSession, onDue } from "./move.ts";

export function receptionSubscribers({ database, transact }: Means): Subscribers {
  return {
    async "room.ended"({ hearingId }) {
      const session = (await readSessions(database, [hearingId])).get(hearingId);
      const came = new Set(
        session?.people.flatMap(({ accountId, cameIn }) => (cameIn && accountId ? [accountId] : [])),
      );
      await transact(SYSTEM, (work) => afterSession(work, hearingId, (accountId) => came.has(accountId)), {
        repeatable: true,
      });
    },
    "reception.due": ({ receptionId, dueAt }) =>
      transact(SYSTEM, (work) => onDue(work, receptionId, dueAt), { repeatable: true }),
  };
}
