import type { ConfirmationFact } from "./confirmation-store.ts";
import { factOf } from "./confirmation-store.ts";
import { guardiansOf, isMinor, type Known } from "./confirmation-subject.ts";
import type { FilingContent, PartyContent } from "./content.ts";

/** How a natural plaintiff comes to stand under the complaint. */
export interface Signer {
  readonly party: PartyContent;
  /** filing: by the signature of the filing itself · agent: somebody entrusted speaks for them · link: on their own phone. */
  readonly by: "filing" | "agent" | "link";
  /** Of a link: what became of it, where one was sent. */
  readonly fact: ConfirmationFact | undefined;
}

/**
 * Who signs where several people sue together (民诉法§124 wants every one of them). The filing's own signature is that of
 * whoever files: as the plaintiff, or as the guardian of one; where they are neither, it is the first plaintiff's.
 */
export function signersOf(
  { parties }: FilingContent,
  filer: Pick<Known, "name" | "idNumber"> | null,
  facts: readonly ConfirmationFact[],
  today: string,
): Signer[] {
  const plaintiffs = parties.filter(({ side, kind }) => side === "plaintiff" && kind === "natural");
  const isFiler = ({ name, idNumber }: { name: string; idNumber: string }) =>
    filer !== null && idNumber !== "" && name === filer.name && idNumber.toUpperCase() === filer.idNumber.toUpperCase();
  const own = plaintiffs.filter(
    (party) => isFiler(party) || (isMinor(party, today) && guardiansOf(party).some(isFiler)),
  );
  const signing = own.length > 0 ? own : plaintiffs.slice(0, 1);
  return plaintiffs.map((party) => {
    const fact = factOf(facts, "cosign", party.key);
    if (signing.includes(party)) return { party, by: "filing", fact };
    const isRepresented = party.agents.some(
      ({ kind, powers }) => kind !== null && kind !== "guardian" && powers !== null,
    );
    return { party, by: isRepresented ? "agent" : "link", fact };
  });
}

/** Who has still to sign on their own phone. */
export const unsigned = (signers: readonly Signer[]): Signer[] =>
  signers.filter(({ by, fact }) => by === "link" && fact?.current !== true);
