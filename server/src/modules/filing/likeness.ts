import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import type { FilingContent, PartyContent } from "./content.ts";
import { bandsOf, patternOf, wordsOf } from "./print.ts";
import { type Compared, causeRoot, personName, sameDispute, type Verdict } from "./same-dispute.ts";
import { openContent } from "./store.ts";

export interface Similar extends Verdict {
  readonly filingId: string;
  readonly accountId: string;
  readonly receiptNumber: string;
  readonly courtCode: string;
  readonly state: string;
  readonly submittedAt: Date;
}

const MOST_PEOPLE = 12;
const MOST_PAIRS = 60;
/** Of one band no more than these are looked at, the newest first: a printed text may be shared by thousands. */
const PER_BAND = 20;
const MOST_CANDIDATES = 40;
const PER_SERIES = 40;

/** Keeps what a filing can be found again by: the print of its words, and keyed values of its people, bands and series. */
export async function keepLikeness(
  work: Work,
  { vault }: Means,
  filing: { id: string; courtCode: string },
  content: FilingContent,
): Promise<void> {
  const [words, pattern] = [wordsOf(vault, content), patternOf(vault, content)];
  const values = [
    ...pairsOf(vault, content),
    ...bandValues(vault, content, words),
    ...seriesKeys(vault, filing.courtCode, content).map(({ value }) => value),
  ];
  await work.change("DELETE FROM filing_likeness WHERE filing_id = ?", [filing.id]);
  if (values.length > 0)
    await work.change(
      `INSERT IGNORE INTO filing_likeness (value, filing_id) VALUES ${values.map(() => "(?, ?)").join(", ")}`,
      values.flatMap((value) => [value, filing.id]),
    );
  await work.change(
    "INSERT INTO filing_print (filing_id, words, pattern) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE words = VALUES(words), pattern = VALUES(pattern)",
    [filing.id, words, pattern],
  );
}

/**
 * Filings handed in before that bring the same dispute, or that the same people brought; the likeliest first. Candidates
 * come from one index by equality, a bounded number of them; only those are opened and compared. With `filedBy`,
 * that account's own alone.
 */
export async function findSimilar(
  { database, vault }: Pick<Means, "database" | "vault">,
  filingId: string,
  content: FilingContent,
  { filedBy }: { readonly filedBy?: string } = {},
): Promise<Similar[]> {
  const own: Compared = { content, words: wordsOf(vault, content) };
  const pairs = pairsOf(vault, content);
  if (pairs.length === 0) return [];
  const { sql, values } = candidateQuery(pairs, bandValues(vault, content, own.words), filingId);
  const candidates = await database.read<{ id: string }>(sql, values);
  const ids = [...new Set(candidates.map(({ id }) => id))].slice(0, MOST_CANDIDATES);
  if (ids.length === 0) return [];
  const rows = await database.read<{
    filingId: string;
    sealRef: string;
    accountId: string;
    receiptNumber: string;
    courtCode: string;
    state: string;
    submittedAt: Date;
    content: Buffer;
    words: Buffer;
  }>(
    `SELECT f.id AS filingId, f.seal_ref AS sealRef, f.account_id AS accountId, f.receipt_number AS receiptNumber,
            f.court_code AS courtCode, f.state, f.submitted_at AS submittedAt, f.content, p.words
     FROM filing f JOIN filing_print p ON p.filing_id = f.id
     WHERE f.id IN (${ids.map(() => "?").join(",")}) AND f.submitted_at IS NOT NULL AND f.state NOT IN ('withdrawn', 'lapsed', 'transferred')
       AND ${filedBy === undefined ? "TRUE" : "f.account_id = ?"}`,
    filedBy === undefined ? ids : [...ids, filedBy],
  );
  return rows
    .flatMap(({ sealRef, content: sealed, words, ...row }) => {
      const verdict = sameDispute(own, { content: openContent(vault, { sealRef, content: sealed }).content, words });
      return verdict ? [{ ...row, ...verdict }] : [];
    })
    .sort((a, b) => Number(b.kind === "duplicate") - Number(a.kind === "duplicate") || b.similarity - a.similarity)
    .slice(0, 20);
}

/** How candidates are found: by the index alone, whatever the number of filings. */
export function candidateQuery(
  pairs: readonly Buffer[],
  bands: readonly Buffer[],
  filingId: string,
): { sql: string; values: (Buffer | string)[] } {
  const newest = (limit: number) =>
    `(SELECT filing_id AS id FROM filing_likeness WHERE value = ? AND filing_id <> ? ORDER BY filing_id DESC LIMIT ${limit})`;
  const parts = [...pairs.map(() => newest(MOST_CANDIDATES)), ...bands.map(() => newest(PER_BAND))];
  return { sql: parts.join(" UNION ALL "), values: [...pairs, ...bands].flatMap((value) => [value, filingId]) };
}

export interface SeriesMate {
  readonly filingId: string;
  readonly pattern: Buffer;
  readonly basis: "plaintiff" | "agent";
}

/** Filings of one plaintiff, or one plaintiff's agent, of one cause, in one court: the newest, with what their words look like. */
export async function listSeriesMates(
  work: Work,
  { vault }: Means,
  filing: { id: string; courtCode: string },
  content: FilingContent,
): Promise<{ own: Buffer; mates: SeriesMate[] }> {
  const mates = new Map<string, SeriesMate>();
  for (const { value, basis } of seriesKeys(vault, filing.courtCode, content)) {
    const rows = await work.query<{ filingId: string; pattern: Buffer }>(
      `SELECT p.filing_id AS filingId, p.pattern FROM
         (SELECT filing_id FROM filing_likeness WHERE value = ? AND filing_id <> ? ORDER BY filing_id DESC LIMIT ${PER_SERIES}) l
       JOIN filing_print p ON p.filing_id = l.filing_id`,
      [value, filing.id],
    );
    for (const { filingId, pattern } of rows)
      if (!mates.has(String(filingId))) mates.set(String(filingId), { filingId: String(filingId), pattern, basis });
  }
  return { own: patternOf(vault, content), mates: [...mates.values()] };
}

/** Under which name enqueuing filings of one series take turns (a few hundred names serve for all). */
export function seriesTurn({ vault }: Means, courtCode: string, content: FilingContent): string | null {
  const [key] = seriesKeys(vault, courtCode, content);
  return key ? `series ${key.value.toString("hex").slice(0, 2)}` : null;
}

const keyed = (vault: Vault, text: string): Buffer => Buffer.from(vault.index("likeness", text).slice(0, 32), "hex");

const peopleOf = ({ parties }: FilingContent, side: PartyContent["side"]): PartyContent[] =>
  parties.filter((party) => party.side === side && party.name !== "").slice(0, MOST_PEOPLE);

/** What a person may be known by: name, number, phone. */
const tokensOf = ({ name, idNumber, phone }: PartyContent): string[] => [
  `n${personName(name)}`,
  ...(idNumber ? [`i${idNumber}`] : []),
  ...(phone ? [`p${phone}`] : []),
];

/** Plaintiff with defendant, by every two things they may be known by (phone with phone tells too little). */
function pairsOf(vault: Vault, content: FilingContent): Buffer[] {
  const texts = new Set<string>();
  for (const plaintiff of peopleOf(content, "plaintiff"))
    for (const defendant of peopleOf(content, "defendant"))
      for (const one of tokensOf(plaintiff))
        for (const other of tokensOf(defendant))
          if (!(one.startsWith("p") && other.startsWith("p"))) texts.add(`pair\0${one}\0${other}`);
  return [...texts].slice(0, MOST_PAIRS).map((text) => keyed(vault, text));
}

const bandValues = (vault: Vault, { causeCode, amountFen }: FilingContent, words: Buffer): Buffer[] =>
  bandsOf(words).map((band) => keyed(vault, `band\0${band}\0${causeRoot(causeCode)}\0${amountFen ?? ""}`));

function seriesKeys(
  vault: Vault,
  courtCode: string,
  content: FilingContent,
): { value: Buffer; basis: SeriesMate["basis"] }[] {
  if (!content.causeCode) return [];
  const end = `${courtCode}\0${causeRoot(content.causeCode)}`;
  const plaintiffs = peopleOf(content, "plaintiff");
  const agents = plaintiffs
    .flatMap((party) => party.agents)
    .filter(({ name }) => name !== "")
    .slice(0, 4)
    .map(({ name, idNumber, licenseNumber, phone }) => idNumber || licenseNumber || `${personName(name)} ${phone}`);
  return [
    ...plaintiffs.slice(0, 4).map(({ name, idNumber }) => ({
      value: keyed(vault, `plaintiff\0${idNumber || personName(name)}\0${end}`),
      basis: "plaintiff" as const,
    })),
    ...[...new Set(agents)].map((agent) => ({
      value: keyed(vault, `agent\0${agent}\0${end}`),
      basis: "agent" as const,
    })),
  ];
}
