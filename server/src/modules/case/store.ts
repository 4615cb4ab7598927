import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { problem } from "./problems.ts";
import type { CaseState } from "./workflow.ts";

export interface CaseRow {
  readonly id: string;
  readonly sealRef: string;
  readonly filingId: string;
  readonly accountId: string;
  readonly courtCode: string;
  readonly number: string;
  readonly caseTypeCode: string;
  readonly causeCode: string;
  readonly amountFen: string | null;
  readonly state: CaseState;
  readonly title: Buffer;
  readonly filedOn: string;
  readonly acceptedOn: string;
}

const COLUMNS = `c.id, c.seal_ref AS sealRef, c.filing_id AS filingId, c.account_id AS accountId, c.court_code AS courtCode, c.number,
  c.case_type_code AS caseTypeCode, c.cause_code AS causeCode, c.amount_fen AS amountFen, c.state, c.title, c.filed_on AS filedOn, c.accepted_on AS acceptedOn`;

/** Who may see a case, in SQL: the one who filed it, and the people of its court who work on cases (审判流程公开规定§7). */
function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (!isStaff(actor)) return { sql: "c.account_id = ?", values: [actor.accountId] };
  if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
  return { sql: "c.court_code = ?", values: [actor.courtCode] };
}

export async function findCaseRow(database: Database, actor: Actor, id: string): Promise<CaseRow> {
  const { sql, values } = visibleTo(actor);
  const [row] = await database.read<CaseRow>(`SELECT ${COLUMNS} FROM court_case c WHERE c.id = ? AND ${sql}`, [
    id,
    ...values,
  ]);
  if (!row) throw problem("case.not_found");
  return row;
}

export interface CaseFilter {
  readonly number?: string | undefined;
  /** Keyed index of a party's name. */
  readonly partyIndex?: string | undefined;
  readonly state?: CaseState | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Newest first, one row more than `limit`. */
export function listCaseRows(
  database: Database,
  actor: Actor,
  { number, partyIndex, state, before, limit }: CaseFilter,
): Promise<CaseRow[]> {
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  const add = (condition: string, value: Value) => {
    where.push(condition);
    values.push(value);
  };
  if (number) add("c.number = ?", number);
  if (partyIndex) add("EXISTS (SELECT 1 FROM case_party p WHERE p.case_id = c.id AND p.name_index = ?)", partyIndex);
  if (state) add("c.state = ?", state);
  if (before) add("c.id < ?", before);
  return database.read<CaseRow>(
    `SELECT ${COLUMNS} FROM court_case c WHERE ${where.join(" AND ")} ORDER BY c.id DESC LIMIT ${Number(limit) + 1}`,
    values,
  );
}
