import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { endOwnReading } from "#modules/filing/index.ts";
import type { Means } from "#modules/module.ts";
import { handOnFees } from "./fee-payers.ts";
import type { CourtCase } from "./model.ts";
import { CaseParticipant } from "./participant-model.ts";
import { participantWorkflow } from "./participant-workflow.ts";
import { participantsOf } from "./powers.ts";

/** Ends it in the table; reading ended with `until_at` already. */
export async function endAtItsTime(work: Work, row: CourtCase, participant: CaseParticipant): Promise<void> {
  if (!participant.untilAt) return;
  await work.emit(
    {
      name: "case.participation_due",
      about: `case:${row.id}`,
      courtCode: row.courtCode,
      caseId: String(row.id),
      participantId: String(participant.id),
    },
    { dueAt: participant.untilAt },
  );
}

/** Ends a participation whose row is held: its place is free again. */
export async function endParticipation(
  work: Work,
  row: CourtCase,
  participant: CaseParticipant,
  reason: Buffer | null,
) {
  const state = participantWorkflow.next(participant.state, "end", work.actor.role);
  await participant.update(
    { state, slot: null, live: null, endedAt: work.at, endedBy: work.actor.accountId, endedReason: reason },
    { transaction: work.tx },
  );
  await endFilersReading(work, row, participant);
  await handOnFees(work, row, participant.partyKey);
  await work.emit({
    name: "case.participant_ended",
    about: `case:${row.id}`,
    courtCode: row.courtCode,
    caseId: String(row.id),
    participantId: String(participant.id),
    accountId: participant.accountId === null ? null : String(participant.accountId),
    partyKey: participant.partyKey,
  });
}

/** Who filed for another reads the filing no more once they act for nobody in its case; a party's own filing stays theirs. */
async function endFilersReading(work: Work, row: CourtCase, { accountId, capacity }: CaseParticipant): Promise<void> {
  if (accountId === null || capacity === "party") return;
  const left = await participantsOf(work, String(row.id));
  if (left.some((one) => one.accountId === String(accountId))) return;
  await endOwnReading(work, String(row.filingId), String(accountId));
}

export function participationEnds(
  { transact }: Means,
  holdCase: (work: Work, id: string) => Promise<CourtCase>,
): Subscribers {
  return {
    async "case.participation_due"({ caseId, participantId }) {
      await transact(
        SYSTEM,
        async (work) => {
          const row = await holdCase(work, caseId);
          const participant = await CaseParticipant.findByPk(participantId, {
            transaction: work.tx,
            lock: work.tx.LOCK.UPDATE,
          });
          const isDue = participant?.live === 1 && participant.untilAt !== null && participant.untilAt <= work.at;
          if (isDue) await endParticipation(work, row, participant, null);
        },
        { repeatable: true },
      );
    },
  };
}
