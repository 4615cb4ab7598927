import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { participantsOf } from "#modules/case/index.ts";
import { leaveSession, readSessions } from "#modules/hearing/index.ts";
import type { Means } from "#modules/module.ts";
import { isCounselOf } from "./ask.ts";
import { Questioning } from "./model.ts";
import { afterRecord, afterSession } from "./move.ts";

export function questioningSubscribers({ database, transact }: Means): Subscribers {
  const ended = async (hearingId: string) => {
    const session = (await readSessions(database, [hearingId])).get(hearingId);
    // Whoever was brought has no account of their own.
    const wasHeard = session?.people.some(({ accountId, cameIn }) => accountId === null && cameIn) ?? false;
    await transact(
      SYSTEM,
      async (work) => {
        await afterSession(work, hearingId, wasHeard);
        if (session?.transcript === "closed") await afterRecord(work, hearingId);
      },
      { repeatable: true },
    );
  };
  return {
    "room.ended": ({ hearingId }) => ended(hearingId),
    "transcript.closed": ({ hearingId }) =>
      transact(SYSTEM, (work) => afterRecord(work, hearingId), { repeatable: true }),
    "case.participant_ended": ({ caseId, accountId }) =>
      accountId === null
        ? Promise.resolve()
        : transact(SYSTEM, (work) => counselLeft(work, caseId, accountId), { repeatable: true }),
  };
}

/** Whoever acts for the person no more has no place in what is still to come, and does not read what was. */
async function counselLeft(work: Work, caseId: string, accountId: string): Promise<void> {
  const rows = await Questioning.findAll({ where: { caseId }, transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const people = await participantsOf(work, caseId);
  for (const row of rows) {
    const counsel = row.counselIds.split(",");
    if (!counsel.includes(accountId)) continue;
    if (people.some((one) => one.accountId === accountId && isCounselOf(row.partyKey, one))) continue;
    const left = counsel.filter((id) => id !== accountId).join(",");
    await row.update({ counselIds: left, version: row.version + 1 }, { transaction: work.tx });
    const { hearingId, courtCode } = row;
    await leaveSession(work, { id: String(hearingId), caseId, courtCode }, accountId);
  }
}
