import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";

/** What rooms above say of cases that were found for their reader before. */

export const titleOfCase = (vault: Vault, row: { sealRef: string; title: Buffer }): string =>
  vault.open(row.title, `case ${row.sealRef}`);

export const nameOfParty = (vault: Vault, caseRef: string, name: Buffer): string => vault.open(name, `case ${caseRef}`);

export interface CaseBrief {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly courtCode: string;
  readonly sealRef: string;
}

/** A case in short beside a row of another room, for lists that are read all day: one statement instead of two. */
export interface BriefRow {
  readonly caseNumber: string;
  readonly caseTitle: Buffer;
  readonly caseRef: string;
  readonly courtCode: string;
}
export const BRIEF = {
  columns:
    "brief.number AS caseNumber, brief.title AS caseTitle, brief.seal_ref AS caseRef, brief.court_code AS courtCode",
  /** Joins the case of a row of `table`. */
  of: (table: string): string => `court_case brief ON brief.id = ${table}.case_id`,
} as const;

/** Beside a row of another room that has `case_id` and `party_key`: whose row it is, by side and name (sealed with the case). */
export interface OfPartyRow {
  readonly side: string | null;
  readonly partyName: Buffer | null;
}
export const OF_PARTY = {
  columns: "party.side, party.name AS partyName",
  of: (table: string): string =>
    `case_party party ON party.case_id = ${table}.case_id AND party.party_key = ${table}.party_key`,
} as const;

/** Opens each case's title once. */
export function briefsOf(
  vault: Vault,
  rows: readonly (BriefRow & { readonly caseId: string })[],
): Map<string, CaseBrief> {
  const found = new Map<string, CaseBrief>();
  for (const { caseId, caseNumber: number, caseTitle: title, caseRef: sealRef, courtCode } of rows) {
    const id = String(caseId);
    if (!found.has(id))
      found.set(id, { id, number, title: titleOfCase(vault, { sealRef, title }), courtCode, sealRef });
  }
  return found;
}

/** Numbers and titles by id. */
export async function listCases(
  database: Database,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, CaseBrief>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const rows = await database.read<BriefRow & { caseId: string }>(
    `SELECT brief.id AS caseId, ${BRIEF.columns} FROM court_case brief WHERE brief.id IN (${wanted.map(() => "?").join(",")})`,
    wanted,
  );
  return briefsOf(vault, rows);
}

export interface PartyOfCase {
  readonly key: string;
  readonly side: "plaintiff" | "defendant" | "third_party";
  readonly kind: "natural" | "organisation";
  readonly name: string;
}
/** The parties of a case in its order. */
export async function listCaseParties(
  database: Database,
  vault: Vault,
  row: { readonly id: string; readonly sealRef: string },
): Promise<PartyOfCase[]> {
  const rows = await database.read<Omit<PartyOfCase, "name"> & { name: Buffer }>(
    "SELECT party_key AS `key`, side, kind, name FROM case_party WHERE case_id = ? ORDER BY position",
    [row.id],
  );
  return rows.map(({ name, ...party }) => ({ ...party, name: nameOfParty(vault, row.sealRef, name) }));
}

/** Which side each party of a case stands on, in its order. */
export async function sidesInCase(work: Work, caseId: string): Promise<Map<string, string>> {
  const rows = await work.query<{ partyKey: string; side: string }>(
    "SELECT party_key AS partyKey, side FROM case_party WHERE case_id = ? ORDER BY position",
    [caseId],
  );
  return new Map(rows.map(({ partyKey, side }) => [partyKey, side]));
}

/** The parties named, of many cases at once: `<case id> <party key>` → side and name. */
export async function findParties(
  database: Database,
  vault: Vault,
  cases: ReadonlyMap<string, { readonly sealRef: string }>,
  wanted: readonly { readonly caseId: string; readonly partyKey: string }[],
): Promise<Map<string, { readonly side: string; readonly name: string }>> {
  const pairs = [...new Map(wanted.map((one) => [`${one.caseId} ${one.partyKey}`, one])).values()];
  if (pairs.length === 0) return new Map();
  const rows = await database.read<{ caseId: string; partyKey: string; side: string; name: Buffer }>(
    `SELECT case_id AS caseId, party_key AS partyKey, side, name FROM case_party
     WHERE ${pairs.map(() => "(case_id = ? AND party_key = ?)").join(" OR ")}`,
    pairs.flatMap(({ caseId, partyKey }) => [caseId, partyKey]),
  );
  return new Map(
    rows.flatMap(({ caseId, partyKey, side, name }) => {
      const found = cases.get(String(caseId));
      if (!found) return [];
      return [[`${caseId} ${partyKey}`, { side, name: nameOfParty(vault, found.sealRef, name) }] as const];
    }),
  );
}

/** The parties of a case by what makes a person the same in every case: for rooms that keep their time. */
export async function partyIndexes(from: Database | Work, caseId: string): Promise<IndexedParty[]> {
  const ask = "read" in from ? from.read.bind(from) : from.query.bind(from);
  const sql =
    "SELECT party_key AS `key`, side, kind, id_index AS idIndex FROM case_party WHERE case_id = ? ORDER BY position";
  return (await ask(sql, [caseId])) as IndexedParty[];
}
export type IndexedParty = Pick<PartyOfCase, "key" | "side" | "kind"> & { readonly idIndex: string | null };

export interface CaseFacts {
  readonly number: string;
  readonly causeCode: string;
  readonly parties: readonly (PartyOfCase & {
    /** Somebody acts for them by law: a minor, or one who cannot act alone. */
    readonly underGuardian: boolean;
  })[];
}
/** What an announcement is made of, of many cases in two statements. What of it may be said is decided there. */
export async function listCaseFacts(
  database: Database,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, CaseFacts>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const marks = wanted.map(() => "?").join(",");
  const [cases, parties] = await Promise.all([
    database.read<{ id: string; number: string; causeCode: string; sealRef: string }>(
      `SELECT id, number, cause_code AS causeCode, seal_ref AS sealRef FROM court_case WHERE id IN (${marks})`,
      wanted,
    ),
    database.read<Omit<PartyOfCase, "name"> & { caseId: string; name: Buffer; guardians: number }>(
      `SELECT p.case_id AS caseId, p.party_key AS \`key\`, p.side, p.kind, p.name,
         (SELECT COUNT(*) FROM case_participant cp WHERE cp.case_id = p.case_id AND cp.party_key = p.party_key
          AND cp.agent_kind = 'guardian') AS guardians
       FROM case_party p WHERE p.case_id IN (${marks}) ORDER BY p.case_id, p.position`,
      wanted,
    ),
  ]);
  return new Map(
    cases.map(({ id, number, causeCode, sealRef }) => [
      String(id),
      {
        number,
        causeCode,
        parties: parties
          .filter(({ caseId }) => String(caseId) === String(id))
          .map(({ caseId: _, name, guardians, ...party }) => ({
            ...party,
            name: nameOfParty(vault, sealRef, name),
            underGuardian: Number(guardians) > 0,
          })),
      },
    ]),
  );
}
