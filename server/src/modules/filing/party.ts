import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { FilingContent, PartyContent } from "./content.ts";
import { FilingParty } from "./model.ts";

/** Brings the index of the people a filing names in line with its content. */
export async function indexParties(
  work: Work,
  { vault }: Means,
  filingId: string,
  content: FilingContent,
): Promise<void> {
  await FilingParty.destroy({ where: { filingId }, transaction: work.tx });
  const rows = content.parties
    .filter(({ name }) => name !== "")
    .map((party) => ({ filingId, partyKey: party.key, side: party.side, ...indexesOf(vault, party) }));
  await FilingParty.bulkCreate(rows, { transaction: work.tx });
}

function indexesOf(vault: Means["vault"], { name, idNumber }: PartyContent) {
  return {
    nameIndex: vault.index("name", name),
    idIndex: idNumber === "" ? null : vault.index("id-number", idNumber),
  };
}
