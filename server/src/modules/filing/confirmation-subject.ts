import { createHash } from "node:crypto";
import { checkIdentityNumber } from "#modules/reference/index.ts";
import type { AgentContent, FilingContent, PartyContent } from "./content.ts";

/** What is confirmed by link: that somebody may act for a party (授权委托), or that a plaintiff joins in the complaint. */
export const CONFIRMATION_KINDS = ["agency", "cosign"] as const;
export type ConfirmationKind = (typeof CONFIRMATION_KINDS)[number];

/** What one confirmation is about. */
export interface Subject {
  readonly kind: ConfirmationKind;
  readonly partyKey: string;
  /** Empty for a co-signature. */
  readonly agentKey: string;
}

/** The people a confirmation is about, as the content has them now. */
export interface Confirming {
  readonly party: PartyContent;
  readonly agent: AgentContent | null;
  /** Who answers for a party who is under age; null where the party answers in person. */
  readonly guardians: readonly AgentContent[];
}

/** Under 18 by the number or, without one, by the birth date (民法典§17). */
export function isMinor(party: PartyContent, today: string): boolean {
  const age = ageOf(party, today);
  return age !== null && age < 18;
}

/** Full years on a day; null where neither the number nor a birth date tells. */
export function ageOf({ kind, idNumber, birthDate }: PartyContent, today: string): number | null {
  const birth = birthDate ?? checkIdentityNumber("resident_id", idNumber).birth ?? null;
  if (kind !== "natural" || birth === null) return null;
  return Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) - (today.slice(5) < birth.slice(5) ? 1 : 0);
}

export const guardiansOf = ({ agents }: PartyContent): AgentContent[] =>
  agents.filter(({ kind }) => kind === "guardian");

/** Null where the content has no such party or agent (any more), or nothing to confirm between them. */
export function findConfirming(content: FilingContent, subject: Subject, today: string): Confirming | null {
  const party = content.parties.find(({ key }) => key === subject.partyKey);
  if (!party) return null;
  const guardians = isMinor(party, today) ? guardiansOf(party) : [];
  if (subject.kind === "cosign")
    return party.side === "plaintiff" && party.kind === "natural" ? { party, agent: null, guardians } : null;
  const agent = party.agents.find(({ key }) => key === subject.agentKey);
  return agent && agent.kind !== "guardian" ? { party, agent, guardians } : null;
}

/**
 * The fingerprint of what is confirmed. An agency stands while the party, the agent, the powers and the matter (who is
 * sued, for what cause) are the same; a co-signature while every word of the complaint is.
 */
export function fingerprint(content: FilingContent, subject: Subject): string | null {
  const party = content.parties.find(({ key }) => key === subject.partyKey);
  if (!party) return null;
  const { causeCode, formId, claims, amountFen, facts } = content;
  const of = [subject.kind, subject.partyKey, subject.agentKey];
  if (subject.kind === "cosign") {
    const answers = Object.entries(content.answers)
      .filter(([, answer]) => answer !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const parties = content.parties.map((each) => [each.side, ...identityOf(each)]);
    const said = claims.map(({ text, amountFen: fen }) => [text, fen]);
    return hashOf([...of, parties, causeCode, formId, said, amountFen, facts, answers]);
  }
  const agent = party.agents.find(({ key }) => key === subject.agentKey);
  if (!agent) return null;
  const { kind, name, idType, idNumber, firm, licenseNumber, relation, powers, specialPowers } = agent;
  const given = powers === "special" ? [...specialPowers].sort() : [];
  const agency = [kind, name, idType, idNumber, firm, licenseNumber, relation, powers, given];
  const matter = content.parties.map((each) => [each.side, each.name]);
  return hashOf([...of, identityOf(party), agency, causeCode, matter]);
}

const identityOf = (party: PartyContent): unknown[] => {
  const { kind, name, idType, idNumber, legalRepresentative } = party;
  const guardians = guardiansOf(party).map((guardian) => [guardian.name, guardian.idNumber]);
  return [kind, name, idType, idNumber, kind === "organisation" ? legalRepresentative : "", guardians];
};

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

export interface Known {
  readonly name: string;
  readonly idType: string;
  readonly idNumber: string;
}

/**
 * Whether a verified person is the one who is asked: the party in person, by name and number; the guardian of one who is
 * under age; of an organisation its legal representative, by name.
 */
export function isTheOneAsked({ party, guardians }: Confirming, person: Known): boolean {
  if (party.kind === "organisation") return isSame(party.legalRepresentative, person.name);
  const is = ({ name, idNumber }: { name: string; idNumber: string }) =>
    idNumber !== "" && idNumber.toUpperCase() === person.idNumber.toUpperCase() && isSame(name, person.name);
  return is(party) || guardians.some(is);
}

const isSame = (one: string, other: string): boolean => one !== "" && one.normalize("NFC") === other.normalize("NFC");
