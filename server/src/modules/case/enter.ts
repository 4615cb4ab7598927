import { randomBytes } from "node:crypto";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { findIdentity, type VerifiedIdentity } from "#modules/account/index.ts";
import { type AgentContent, type FilingContent, type PartyContent, resumeOwnReading } from "#modules/filing/index.ts";
import { makeCode } from "./access-code.ts";
import { handOnFees } from "./fee-payers.ts";
import type { CourtCase } from "./model.ts";
import { endAtItsTime } from "./participant-end.ts";
import { type Capacity, CaseParticipant } from "./participant-model.ts";

export type Powers = Pick<CaseParticipant, "powers" | "specialPowers">;

/** 法定代理人 act for those who cannot, with all their rights; only 委托代理人 are counted and given powers one by one. */
export const isGuardian = (kind: string | null): boolean => kind === "guardian";
export const powersOf = (agent: Pick<AgentContent, "kind" | "powers" | "specialPowers">): Powers => {
  if (isGuardian(agent.kind)) return { powers: "own", specialPowers: "" };
  // 全权代理 without a single power named is 一般授权 (民诉法解释§89).
  const special = agent.powers === "special" && agent.specialPowers.length > 0;
  return { powers: special ? "special" : "general", specialPowers: special ? agent.specialPowers.join(",") : "" };
};

const samePerson = (who: VerifiedIdentity, name: string, idNumber: string): boolean =>
  name !== "" && who.name === name && (idNumber === "" || idNumber === who.idNumber);
const isAgent = (who: VerifiedIdentity, agent: AgentContent): boolean =>
  samePerson(who, agent.name, agent.idNumber) &&
  (agent.licenseNumber === "" || who.practice === null || who.practice.licenseNumber === agent.licenseNumber);

/**
 * Who takes part from the first day: whoever filed, as the party, representative or agent their verified identity says they
 * are; the filing's other agents, who come in later by that identity; and an access code for each party that did not file in person.
 */
export async function enterFirst(work: Work, vault: Vault, row: CourtCase, content: FilingContent): Promise<void> {
  const who = await findIdentity(vault, String(row.accountId), work.tx);
  /** Who is here in person; those who are represented get a code of their own all the same. */
  const here = new Set<string>();
  let entered = false;
  for (const party of content.parties) {
    const own = capacityOf(who, party);
    if (own) {
      entered = true;
      here.add(party.key);
      await create(work, vault, row, party.key, { capacity: own, accountId: String(row.accountId), who });
    }
    let slot = 0;
    for (const agent of party.agents) {
      if (agent.name === "" || agent.kind === null) continue;
      const counted = !isGuardian(agent.kind);
      if (counted) slot += 1;
      if (slot > 2) break;
      const isFiler = !own && who !== null && isAgent(who, agent);
      entered ||= isFiler;
      const accountId = isFiler ? String(row.accountId) : null;
      await create(work, vault, row, party.key, { capacity: "agent", accountId, agent, slot: counted ? slot : null });
    }
  }
  const first = content.parties.find(({ side }) => side === "plaintiff") ?? content.parties[0];
  if (!entered && first) {
    // Whoever brought the papers goes on reading the case; what needs the party's own will they may not do.
    await create(work, vault, row, first.key, {
      capacity: "representative",
      accountId: String(row.accountId),
      who,
      weak: true,
    });
  }
  for (const { key } of content.parties) if (!here.has(key)) await makeCode(work, vault, row, key);
}

function capacityOf(who: VerifiedIdentity | null, party: PartyContent): Capacity | null {
  if (!who) return null;
  if (party.kind === "natural") return samePerson(who, party.name, party.idNumber) ? "party" : null;
  return party.legalRepresentative !== "" && party.legalRepresentative === who.name ? "representative" : null;
}

interface Entry {
  readonly capacity: Capacity;
  readonly accountId: string | null;
  readonly who?: VerifiedIdentity | null;
  readonly agent?: AgentContent;
  readonly slot?: number | null;
  readonly weak?: true;
}

async function create(work: Work, vault: Vault, row: CourtCase, partyKey: string, entry: Entry): Promise<void> {
  const { capacity, accountId, who, agent, slot = null, weak } = entry;
  const sealRef = randomBytes(16).toString("hex");
  const name = agent?.name ?? (capacity === "representative" ? (who?.name ?? null) : null);
  const values = {
    sealRef,
    caseId: String(row.id),
    accountId,
    partyKey,
    capacity,
    agentKind: agent?.kind ?? null,
    ...(agent ? powersOf(agent) : { powers: weak ? ("general" as const) : ("own" as const), specialPowers: "" }),
    ...named(vault, sealRef, name),
    idIndex: agent ? knownBy(vault, agent) : null,
    firm: agent?.firm ?? "",
    licence: agent?.licenseNumber ? sealWord(vault, { sealRef }, "licence", agent.licenseNumber) : null,
    via: "filing" as const,
    state: "active" as const,
    slot,
    live: 1,
    askedAt: work.at,
    since: work.at,
  };
  await CaseParticipant.create(values, { transaction: work.tx });
}

const knownBy = (vault: Vault, { idNumber, licenseNumber }: AgentContent): string | null => {
  if (idNumber !== "") return vault.index("id-number", idNumber);
  return licenseNumber === "" ? null : vault.index("licence", licenseNumber);
};

export const named = (vault: Vault, sealRef: string, name: string | null) => ({
  name: name === null ? null : sealWord(vault, { sealRef }, "name", name),
  nameIndex: name === null ? null : vault.index("name", name),
});
type Word = "name" | "licence" | "reason";
const boundTo = ({ sealRef }: { sealRef: string }, word: Word): string => `case participant ${sealRef} ${word}`;
export const sealWord = (vault: Vault, row: { sealRef: string }, word: Word, text: string): Buffer =>
  vault.seal(text, boundTo(row, word));
export const openWord = (vault: Vault, row: { sealRef: string }, word: Word, sealed: Buffer): string =>
  vault.open(sealed, boundTo(row, word));

/** Somebody comes into a case that is under way: a row of their own, told to those who listen. */
export async function admit(
  work: Work,
  vault: Vault,
  row: CourtCase,
  entry: Pick<CaseParticipant, "partyKey" | "capacity" | "via"> & { name: string | null },
): Promise<CaseParticipant> {
  const sealRef = randomBytes(16).toString("hex");
  const { name, ...rest } = entry;
  const made = await CaseParticipant.create(
    {
      ...rest,
      sealRef,
      caseId: String(row.id),
      accountId: work.actor.accountId,
      agentKind: null,
      powers: "own",
      specialPowers: "",
      ...named(vault, sealRef, name),
      idIndex: null,
      firm: "",
      licence: null,
      state: "active",
      slot: null,
      live: 1,
      askedAt: work.at,
      since: work.at,
    },
    { transaction: work.tx },
  );
  await tellJoined(work, row, made);
  return made;
}

export async function tellJoined(work: Work, row: CourtCase, made: CaseParticipant): Promise<void> {
  await endAtItsTime(work, row, made);
  await resumeOwnReading(work, String(row.filingId), String(made.accountId));
  await handOnFees(work, row, made.partyKey);
  await work.emit({
    name: "case.participant_joined",
    about: `case:${row.id}`,
    courtCode: row.courtCode,
    caseId: String(row.id),
    participantId: String(made.id),
    accountId: String(made.accountId),
    partyKey: made.partyKey,
    capacity: made.capacity,
    via: made.via,
  });
}
