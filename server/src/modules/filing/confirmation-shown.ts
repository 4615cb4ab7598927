import { nameOfCourt } from "#modules/court/index.ts";
import { AGENT_LABELS, GENERAL_ALONE, GENERAL_POWER, POWERS } from "./agent-papers.ts";
import { type ConfirmationKind, type Confirming, isTheOneAsked, type Known } from "./confirmation-subject.ts";
import { type AgentContent, type FilingContent, titleOf } from "./content.ts";
import { SIDE } from "./parties-of.ts";
import { causeOf } from "./precheck.ts";

/** As whom somebody confirms. */
export const CAPACITIES = {
  self: "本人",
  guardian: "法定代理人（监护人）",
  representative: "法定代表人（负责人）",
} as const;
export type Capacity = keyof typeof CAPACITIES;

/** What is to be confirmed, in plain words; kept as it was once it is confirmed, and printed from that. */
export interface Shown {
  readonly kind: ConfirmationKind;
  readonly capacity: Capacity;
  readonly title: string;
  readonly courtName: string;
  readonly causeName: string | null;
  readonly party: {
    readonly name: string;
    readonly side: string;
    readonly isOrganisation: boolean;
    readonly idNumber: string;
    readonly address: string;
    readonly phone: string;
    readonly legalRepresentative: string;
    /** Who confirms, where it is not the party in person. */
    readonly confirmer: string;
  };
  readonly parties: readonly { readonly side: string; readonly name: string }[];
  readonly agent: ShownAgent | null;
  readonly claims: readonly { readonly text: string; readonly amountFen: number | null }[];
  readonly amountFen: number | null;
  readonly facts: string;
}
export interface ShownAgent {
  readonly kind: string;
  readonly name: string;
  readonly firm: string;
  readonly licenseNumber: string;
  readonly phone: string;
  readonly idNumber: string;
  readonly relation: string;
  readonly powers: "general" | "special";
  readonly general: string;
  readonly specialPowers: readonly {
    readonly code: string;
    readonly label: string;
    readonly explanation: string;
    readonly given: boolean;
  }[];
}

export async function showSubject(
  kind: ConfirmationKind,
  confirming: Confirming,
  content: FilingContent,
  courtCode: string,
  person: Known,
): Promise<Shown> {
  const { party, agent, guardians } = confirming;
  const cause = causeOf(content.causeCode);
  const isGuardian = !isTheOneAsked({ ...confirming, guardians: [] }, person) && guardians.length > 0;
  const capacity: Capacity = party.kind === "organisation" ? "representative" : isGuardian ? "guardian" : "self";
  return {
    kind,
    capacity,
    title: titleOf(content, cause?.name ?? null),
    courtName: await nameOfCourt(courtCode),
    causeName: cause?.name ?? null,
    party: {
      name: party.name,
      side: SIDE[party.side],
      isOrganisation: party.kind === "organisation",
      idNumber: party.idNumber,
      address: party.address,
      phone: party.phone,
      legalRepresentative: party.legalRepresentative,
      confirmer: capacity === "self" ? "" : person.name,
    },
    parties: content.parties.map(({ side, name }) => ({ side: SIDE[side], name })),
    agent: agent && showAgent(agent),
    claims: content.claims.map(({ text, amountFen }) => ({ text, amountFen })),
    amountFen: content.amountFen,
    facts: content.facts,
  };
}

/** Special powers that are not ticked one by one are not given (民诉法解释§89). */
function showAgent(agent: AgentContent): ShownAgent {
  const { kind, name, firm, licenseNumber, phone, idNumber, relation, powers, specialPowers } = agent;
  const given = powers === "special" ? specialPowers : [];
  return {
    kind: kind === null ? "" : AGENT_LABELS[kind],
    name,
    firm,
    licenseNumber,
    phone,
    idNumber,
    relation,
    powers: given.length > 0 ? "special" : "general",
    general: given.length > 0 ? GENERAL_POWER : GENERAL_ALONE,
    specialPowers: Object.entries(POWERS).map(([code, words]) => ({
      code,
      ...words,
      given: given.some((power) => power === code),
    })),
  };
}
