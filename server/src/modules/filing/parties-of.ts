import type { AgentContent, PartyContent } from "./content.ts";
import type { Facts, Spot } from "./rule.ts";

/** The parties as the rules speak of them. */
export const SIDE: Record<PartyContent["side"], string> = {
  plaintiff: "原告",
  defendant: "被告",
  third_party: "第三人",
};
export const called = (party: PartyContent): string => `${SIDE[party.side]}${party.name ? `“${party.name}”` : ""}`;

const of = (side: PartyContent["side"]) => (facts: Facts) =>
  facts.content.parties.filter((party) => party.side === side);
export const plaintiffs = of("plaintiff");
export const defendants = of("defendant");
export const naturals = ({ content }: Facts) => content.parties.filter(({ kind }) => kind === "natural");
export const organisations = ({ content }: Facts) => content.parties.filter(({ kind }) => kind === "organisation");

export const each = (parties: readonly PartyContent[], look: (party: PartyContent, at: string) => Spot[]): Spot[] =>
  parties.flatMap((party) => look(party, `/parties/${party.key}`));
export const eachAgent = (
  facts: Facts,
  look: (agent: AgentContent, at: string, party: PartyContent) => Spot[],
): Spot[] =>
  each(facts.content.parties, (party, at) =>
    party.agents.flatMap((agent) => look(agent, `${at}/agents/${agent.key}`, party)),
  );
