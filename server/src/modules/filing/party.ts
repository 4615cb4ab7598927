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

export interface Similar {
  readonly filingId: string;
  readonly accountId: string;
  readonly receiptNumber: string;
  readonly courtCode: string;
  readonly state: string;
  readonly submittedAt: Date;
  /** Which of plaintiff and defendant are the same, and by what. */
  readonly reasons: readonly string[];
  readonly similarity: number;
}

/**
 * Filings handed in before that name the same plaintiff and the same defendant, of the same cause first: by number where
 * both have one, else by name. Found through keyed indexes; no name is read.
 */
export async function findSimilar(
  { database, vault }: Means,
  filingId: string,
  content: FilingContent,
): Promise<Similar[]> {
  const own = content.parties
    .filter(({ side, name }) => side === "plaintiff" && name !== "")
    .map((party) => indexesOf(vault, party));
  const other = content.parties
    .filter(({ side, name }) => side === "defendant" && name !== "")
    .map((party) => indexesOf(vault, party));
  if (own.length === 0 || other.length === 0) return [];
  const marks = (list: readonly unknown[]) => list.map(() => "?").join(",");
  const ownNames = own.map(({ nameIndex }) => nameIndex);
  const otherNames = other.map(({ nameIndex }) => nameIndex);
  const rows = await database.read<{
    filingId: string;
    accountId: string;
    receiptNumber: string;
    courtCode: string;
    state: string;
    submittedAt: Date;
    causeCode: string | null;
    amountFen: string | null;
    ownId: string | null;
    otherId: string | null;
  }>(
    `SELECT f.id AS filingId, f.account_id AS accountId, f.receipt_number AS receiptNumber, f.court_code AS courtCode, f.state, f.submitted_at AS submittedAt,
            f.cause_code AS causeCode, f.amount_fen AS amountFen, MAX(p.id_index) AS ownId, MAX(d.id_index) AS otherId
     FROM filing_party p
     JOIN filing_party d ON d.filing_id = p.filing_id AND d.side = 'defendant' AND d.name_index IN (${marks(otherNames)})
     JOIN filing f ON f.id = p.filing_id
     WHERE p.name_index IN (${marks(ownNames)}) AND p.side = 'plaintiff' AND f.id <> ?
       AND f.submitted_at IS NOT NULL AND f.state NOT IN ('withdrawn', 'lapsed', 'transferred')
     GROUP BY f.id ORDER BY f.id DESC LIMIT 20`,
    [...otherNames, ...ownNames, filingId],
  );
  const ids = new Set([...own, ...other].map(({ idIndex }) => idIndex).filter((value) => value !== null));
  return rows
    .map((row) => {
      const sameCause = row.causeCode !== null && row.causeCode === content.causeCode;
      const sameAmount = row.amountFen !== null && Number(row.amountFen) === content.amountFen;
      const sameIds = [row.ownId, row.otherId].filter((value) => value !== null && ids.has(value)).length;
      const reasons = [
        "原告、被告姓名相同",
        ...(sameIds > 0 ? [`${sameIds === 2 ? "双方" : "一方"}证件号码相同`] : []),
        ...(sameCause ? ["案由相同"] : []),
        ...(sameAmount ? ["标的额相同"] : []),
      ];
      const similarity = Math.min(1, 0.4 + (sameIds > 0 ? 0.2 : 0) + (sameCause ? 0.25 : 0) + (sameAmount ? 0.15 : 0));
      const { filingId: found, accountId, receiptNumber, courtCode, state, submittedAt } = row;
      return {
        filingId: found,
        accountId,
        receiptNumber,
        courtCode,
        state,
        submittedAt,
        reasons,
        similarity,
        sameCause,
      };
    })
    .filter(({ sameCause, similarity }) => sameCause || similarity >= 0.7)
    .sort((a, b) => b.similarity - a.similarity)
    .map(({ sameCause: _, ...similar }) => similar);
}
