import { randomBytes } from "node:crypto";
import { isDuplicate } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { findIdentity } from "#modules/account/index.ts";
import type { AgentContent } from "#modules/filing/index.ts";
import { isGuardian, named, powersOf, sealWord } from "./enter.ts";
import { clearTries, holdByNumber } from "./join.ts";
import { CaseParty, type CourtCase } from "./model.ts";
import { CaseParticipant } from "./participant-model.ts";
import { participantWorkflow } from "./participant-workflow.ts";
import { problem } from "./problems.ts";

/** Requests that may wait in one case at once: nobody fills a case with strangers' names. */
const MOST_WAITING = 20;

export interface AgencyAsked {
  readonly number: string;
  readonly partyName: string;
  readonly agent: Pick<AgentContent, "powers" | "specialPowers"> & {
    readonly kind: NonNullable<AgentContent["kind"]>;
    readonly firm: string;
    readonly until: Date | null;
  };
}

/**
 * Somebody who holds a power of attorney asks into a case: they know its number and whom they act for. Nothing of the case is
 * shown until the client or the court has confirmed it. Throws `case.agency_refused` where number and client do not belong
 * together, in the same words as where there is no such case; 409 `case.agency_known`.
 */
export async function askAgency(
  work: Work,
  vault: Vault,
  { number, partyName, agent }: AgencyAsked,
): Promise<CaseParticipant> {
  const who = await findIdentity(vault, work.actor.accountId, work.tx);
  const row = await holdByNumber(work, number);
  const party = row && (await partyCalled(work, vault, row, partyName));
  if (!who || !row || !party) throw problem("case.agency_refused");
  if (agent.kind === "lawyer" && !who.practice) throw problem("case.no_practice");
  const waiting = await CaseParticipant.count({ where: { caseId: row.id, state: "waiting" }, transaction: work.tx });
  if (waiting >= MOST_WAITING) throw problem("case.agency_crowded");
  const sealRef = randomBytes(16).toString("hex");
  const licence = agent.kind === "lawyer" ? (who.practice?.licenseNumber ?? null) : null;
  try {
    const made = await CaseParticipant.create(
      {
        sealRef,
        caseId: String(row.id),
        accountId: work.actor.accountId,
        partyKey: party.partyKey,
        capacity: "agent",
        agentKind: agent.kind,
        ...powersOf(agent),
        ...named(vault, sealRef, who.name),
        idIndex: null,
        firm: agent.kind === "lawyer" ? (who.practice?.firm ?? "") : agent.firm,
        licence: licence === null ? null : sealWord(vault, { sealRef }, "licence", licence),
        via: "confirmation",
        state: participantWorkflow.start,
        slot: null,
        live: 1,
        askedAt: work.at,
        untilAt: agent.until,
      },
      { transaction: work.tx },
    );
    await clearTries(work, vault, number);
    await work.emit({
      name: "case.agency_asked",
      about: `case:${row.id}`,
      courtCode: row.courtCode,
      caseId: String(row.id),
      participantId: String(made.id),
      accountId: work.actor.accountId,
      partyKey: party.partyKey,
    });
    return made;
  } catch (error) {
    if (isDuplicate(error)) throw problem("case.agency_known");
    throw error;
  }
}

async function partyCalled(work: Work, vault: Vault, row: CourtCase, name: string): Promise<CaseParty | null> {
  const found = await CaseParty.findAll({
    where: { caseId: row.id, nameIndex: vault.index("name", name) },
    transaction: work.tx,
  });
  // Two parties of one name: nobody can say which is meant.
  return found.length === 1 ? (found[0] as CaseParty) : null;
}

/** The first of the two places that is free. Throws 409 `case.two_agents` (民诉法§61: 一至二人). */
export async function freeSlot(work: Work, participant: CaseParticipant): Promise<number | null> {
  if (isGuardian(participant.agentKind)) return null;
  const { caseId, partyKey } = participant;
  const rows = await work.query<{ slot: number }>(
    "SELECT slot FROM case_participant WHERE case_id = ? AND party_key = ? AND slot IS NOT NULL FOR UPDATE",
    [caseId, partyKey],
  );
  const taken = rows.map(({ slot }) => Number(slot));
  const free = [1, 2].find((slot) => !taken.includes(slot));
  if (free === undefined) throw problem("case.two_agents");
  return free;
}
