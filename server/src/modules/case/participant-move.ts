import { type Actor, isStaff } from "#core/actor.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { freeSlot } from "./agents.ts";
import { sealWord, tellJoined } from "./enter.ts";
import type { CourtCase } from "./model.ts";
import { endParticipation } from "./participant-end.ts";
import { CaseParticipant } from "./participant-model.ts";
import { type ParticipantAction, participantWorkflow } from "./participant-workflow.ts";
import { actingFor } from "./powers.ts";
import { problem } from "./problems.ts";
import { holdCaseFor } from "./store.ts";

export interface ParticipantMove {
  readonly action: ParticipantAction;
  readonly reason?: string | undefined;
}

/** What is asked of somebody's place in a case. */
interface Standing {
  readonly accountId: string | null;
  readonly partyKey: string;
  readonly capacity: string;
}
const FOR_OTHERS = ["agent", "assistant", "stand_in"];
/** The parties the actor is, or represents by law: an agent confirms nobody, and neither does who works for one. */
export const ownParties = (
  mine: readonly { partyKey: string; capacity: string; agentKind: string | null }[],
): string[] =>
  mine
    .filter(({ capacity, agentKind }) => !FOR_OTHERS.includes(capacity) || agentKind === "guardian")
    .map(({ partyKey }) => partyKey);

/**
 * Whether the actor may ask this of a participant: the court anything; a client confirms, refuses and ends their agents; an
 * agent ends their own agency (民诉法§63). A party leaves a case only by the court.
 */
export function mayMove(
  actor: Actor,
  own: readonly string[],
  { accountId, partyKey, capacity }: Standing,
  action: ParticipantAction,
): boolean {
  if (isStaff(actor)) return true;
  if (!FOR_OTHERS.includes(capacity)) return false;
  const isOwn = accountId !== null && String(accountId) === actor.accountId;
  if (isOwn) return action === "end";
  return own.includes(partyKey);
}

/**
 * Moves one participant: `confirm` and `refuse` what an agent asked for, `end` what runs. Its reading of the case ends with
 * the same commit. Throws 404 for whoever may not see the case, 403 `case.not_yours_to_decide`, 409 for its state.
 */
export async function moveParticipant(
  work: Work,
  vault: Vault,
  caseId: string,
  id: string,
  { action, reason }: ParticipantMove,
): Promise<CourtCase> {
  const { row, participant } = await holdParticipant(work, caseId, id);
  const own = ownParties(await actingFor(work, String(row.id)));
  if (!mayMove(work.actor, own, participant, action)) throw problem("case.not_yours_to_decide");
  const note = reason ? sealWord(vault, participant, "reason", reason) : null;
  if (action === "end") {
    await endParticipation(work, row, participant, note);
    return row;
  }
  const state = participantWorkflow.next(participant.state, action, work.actor.role);
  if (action === "refuse") {
    const ended = { live: null, endedAt: work.at, endedBy: work.actor.accountId, endedReason: note };
    await participant.update({ state, ...ended }, { transaction: work.tx });
    await work.emit({
      name: "case.agency_refused",
      about: `case:${row.id}`,
      courtCode: row.courtCode,
      caseId: String(row.id),
      participantId: String(participant.id),
      accountId: String(participant.accountId),
      partyKey: participant.partyKey,
    });
    return row;
  }
  const slot = await freeSlot(work, participant);
  const via = isStaff(work.actor) ? "court" : "confirmation";
  await participant.update({ state, slot, via, since: work.at }, { transaction: work.tx });
  await tellJoined(work, row, participant);
  return row;
}

/** The case and one of its participants, both held. One who waits, or has left, still finds their own row. */
async function holdParticipant(
  work: Work,
  caseId: string,
  id: string,
): Promise<{ row: CourtCase; participant: CaseParticipant }> {
  const held = { transaction: work.tx, lock: work.tx.LOCK.UPDATE };
  const own = await CaseParticipant.findOne({ where: { id, caseId }, transaction: work.tx });
  const isOwn = own !== null && !isStaff(work.actor) && String(own.accountId) === work.actor.accountId;
  const row = await holdCaseFor(work, caseId, { anyway: isOwn });
  const participant = await CaseParticipant.findOne({ where: { id, caseId }, ...held });
  if (!participant) throw problem("case.not_found");
  return { row, participant };
}
