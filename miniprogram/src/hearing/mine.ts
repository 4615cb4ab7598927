import type { HearingDetail } from "@/api/hearing-types";

/** The parties I speak for: my own seat, or whose agent I am. */
export const myParties = ({ seats }: Pick<HearingDetail, "seats">): string[] => [
  ...new Set(seats.flatMap(({ mine, party }) => (mine && party ? [party.key] : []))),
];
/** The dates are open, and somebody waits for an answer. */
export const isChoosing = ({ negotiation }: Pick<HearingDetail, "negotiation">): boolean =>
  negotiation?.state === "open";
export const hasAnswered = (found: Pick<HearingDetail, "negotiation" | "seats">): boolean =>
  myParties(found).some((key) => found.negotiation?.answered.includes(key));
export const struckByMe = (found: Pick<HearingDetail, "negotiation" | "seats">): number[] => {
  const keys = myParties(found);
  const struck = (found.negotiation?.strikes ?? []).filter(({ partyKey }) => keys.includes(partyKey));
  return [...new Set(struck.map(({ ordinal }) => ordinal))].sort((a, b) => a - b);
};
/** My side's word on the screen, or null where it has said nothing. */
export function myConsent(
  found: Pick<HearingDetail, "consents" | "seats">,
): { answer: "yes" | "no"; at: string | null } | null {
  const keys = myParties(found);
  const said = found.consents.find(({ party, answer }) => keys.includes(party.key) && answer !== "silent");
  return said && said.answer !== "silent" ? { answer: said.answer, at: said.at } : null;
}
