import type { Vault } from "#core/sealed.ts";
import type { FilingContent, PartyContent } from "#modules/filing/index.ts";

/**
 * Who sues whom before which court for what: the same for the same dispute, however the sheet was arranged. A keyed hash,
 * because names and numbers could be guessed from a plain one. `reference` tells several loans of one sum apart.
 */
export function businessKey(
  vault: Vault,
  courtCode: string,
  { causeCode, amountFen, parties }: FilingContent,
  reference: string,
): string {
  const named = (side: PartyContent["side"]) =>
    parties
      .filter((party) => party.side === side)
      .map(({ name, idNumber }) => [squeezed(name), idNumber])
      .sort((a, b) => (a.join() < b.join() ? -1 : 1));
  const said = [courtCode, causeCode, named("plaintiff"), named("defendant"), amountFen, squeezed(reference)];
  return vault.index("bulk-row", JSON.stringify(said));
}

/** Widths, cases and spaces do not make another person. */
const squeezed = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
