import type { Reader } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { actsFor, BRIEF, type BriefRow, OF_PARTY, type OfPartyRow, takesPart } from "#modules/case/index.ts";
import type { ObligationState } from "./obligations.ts";
import type { RuleCode } from "./rules.ts";

/**
 * The hot reads of the desk, in plain SQL. They ask `case` for its condition of access and for what it says of a case beside
 * somebody's row: a lawyer with two thousand cases reads twenty rows by index, and those alone are asked about.
 */
export interface ChangeRow extends BriefRow {
  readonly id: string;
  readonly caseId: string;
  readonly kind: string;
  readonly about: string;
  readonly title: string;
  readonly at: Date;
  readonly acknowledged: number;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly obligationId: string | null;
  readonly rule: RuleCode | null;
  readonly partyKey: string | null;
  readonly dueOn: string | null;
  readonly provisional: number | null;
  readonly obligationState: ObligationState | null;
}
const CHANGE = `ch.id, ch.case_id AS caseId, ch.kind, ch.about, ch.title, ch.at, ch.acknowledged, ch.acknowledged_at AS acknowledgedAt, ch.acknowledged_by AS acknowledgedBy,
  o.id AS obligationId, o.rule, o.party_key AS partyKey, DATE_FORMAT(o.due_on, '%Y-%m-%d') AS dueOn, o.provisional, o.state AS obligationState,
  ${BRIEF.columns}`;

export interface ChangeFilter {
  readonly since?: Date | undefined;
  readonly caseId?: string | undefined;
  readonly acknowledged?: boolean | undefined;
  readonly cursor?: ChangeCursor | undefined;
  readonly limit: number;
}
/** Where the last page ended: acknowledged or not, when, and which. */
export interface ChangeCursor {
  readonly acknowledged: 0 | 1;
  readonly at: number;
  readonly id: string;
}

/** Unacknowledged first, newest first; with `since` by time alone. One row more than `limit`. */
export function listChangeRows(database: Database, reader: Reader, filter: ChangeFilter): Promise<ChangeRow[]> {
  const { since, caseId, cursor, acknowledged, limit } = filter;
  const access = takesPart(reader, "ch");
  const where = ["ch.account_id = ?"];
  const values: Value[] = [reader.accountId];
  const add = (sql: string, ...more: Value[]) => {
    where.push(sql);
    values.push(...more);
  };
  if (since) add("ch.at > ?", since);
  if (caseId) add("ch.case_id = ?", caseId);
  if (acknowledged !== undefined) add("ch.acknowledged = ?", acknowledged ? 1 : 0);
  if (cursor && since) {
    const at = new Date(cursor.at);
    add("ch.at <= ? AND (ch.at < ? OR ch.id < ?)", at, at, cursor.id);
  } else if (cursor?.acknowledged === 1) add("ch.acknowledged = 1 AND ch.id < ?", cursor.id);
  else if (cursor) add("(ch.acknowledged = 1 OR ch.id < ?)", cursor.id);
  return database.read<ChangeRow>(
    `SELECT STRAIGHT_JOIN ${CHANGE}
     FROM case_change ch JOIN ${BRIEF.of("ch")} LEFT JOIN obligation o ON o.id = ch.obligation_id
     WHERE ${where.join(" AND ")} AND ${access.sql}
     ORDER BY ${since ? "ch.at DESC" : "ch.acknowledged"}, ch.id DESC LIMIT ${Number(limit) + 1}`,
    [...values, ...access.values],
  );
}

/** How many wait, counted to a hundred: more is "99+" on every screen. */
export async function countWaiting(database: Database, reader: Reader): Promise<number> {
  const access = takesPart(reader, "ch");
  const [row] = await database.read<{ waiting: number }>(
    `SELECT COUNT(*) AS waiting FROM (SELECT ch.id FROM case_change ch
       WHERE ch.account_id = ? AND ch.acknowledged = 0 AND ${access.sql} ORDER BY ch.id DESC LIMIT 100) seen`,
    [reader.accountId, ...access.values],
  );
  return Number(row?.waiting ?? 0);
}

export interface ObligationRow {
  readonly id: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly partyKey: string;
  readonly rule: RuleCode;
  readonly source: string;
  readonly inputs: string;
  readonly rulesVersion: string;
  readonly calendarVersion: string;
  readonly dueOn: string;
  readonly nominalOn: string;
  /** As it was before it was last changed; null: it never was. */
  readonly previousOn: string | null;
  readonly provisional: number;
  readonly basis: string;
  readonly explanation: string;
  readonly state: ObligationState;
  readonly closedAt: Date | null;
}
/** With its case and whose it is, for those who find it. */
export interface DutyRow extends ObligationRow, BriefRow, OfPartyRow {}
const OBLIGATION = `o.id, o.case_id AS caseId, o.court_code AS courtCode, o.party_key AS partyKey, o.rule, o.source, o.inputs,
  o.rules_version AS rulesVersion, o.calendar_version AS calendarVersion, DATE_FORMAT(o.due_on, '%Y-%m-%d') AS dueOn,
  DATE_FORMAT(o.nominal_on, '%Y-%m-%d') AS nominalOn, DATE_FORMAT(o.previous_on, '%Y-%m-%d') AS previousOn, o.provisional, o.basis, o.explanation, o.state, o.closed_at AS closedAt`;

const DUTY = `${OBLIGATION}, ${BRIEF.columns}, ${OF_PARTY.columns}`;
const WITH_CASE = `JOIN ${BRIEF.of("o")} LEFT JOIN ${OF_PARTY.of("o")}`;

export interface ObligationFilter {
  readonly state: ObligationState;
  readonly until?: string | undefined;
  readonly caseId?: string | undefined;
  readonly cursor?: { readonly dueOn: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** What an account has to do for those it acts for now, the soonest first. One row more than `limit`. */
export function listOwnObligations(database: Database, reader: Reader, filter: ObligationFilter): Promise<DutyRow[]> {
  const access = actsFor(reader, "o");
  const { where, values } = conditions("h", "obligation_id", filter);
  return database.read<DutyRow>(
    `SELECT STRAIGHT_JOIN ${DUTY} FROM obligation_holder h JOIN obligation o ON o.id = h.obligation_id ${WITH_CASE}
     WHERE h.account_id = ? AND ${where} AND ${access.sql} ORDER BY h.due_on, h.obligation_id LIMIT ${Number(filter.limit) + 1}`,
    [reader.accountId, ...values, ...access.values],
  );
}

/** What the parties of a court's cases have to do. */
export function listCourtObligations(
  database: Database,
  courtCode: string,
  filter: ObligationFilter,
): Promise<DutyRow[]> {
  const { where, values } = conditions("o", "id", filter);
  return database.read<DutyRow>(
    `SELECT STRAIGHT_JOIN ${DUTY} FROM obligation o ${WITH_CASE} WHERE o.court_code = ? AND ${where} ORDER BY o.due_on, o.id LIMIT ${Number(filter.limit) + 1}`,
    [courtCode, ...values],
  );
}

function conditions(table: string, id: string, { state, until, caseId, cursor }: ObligationFilter) {
  const where = [`${table}.state = ?`];
  const values: Value[] = [state];
  const add = (sql: string, ...more: Value[]) => {
    where.push(sql);
    values.push(...more);
  };
  if (caseId) add(`${table}.case_id = ?`, caseId);
  if (until) add(`${table}.due_on <= ?`, until);
  if (cursor)
    add(`${table}.due_on >= ? AND (${table}.due_on > ? OR ${table}.${id} > ?)`, cursor.dueOn, cursor.dueOn, cursor.id);
  return { where: where.join(" AND "), values };
}

/** One duty for whoever acts for its party now; nothing else is there for them. */
export async function findOwnObligation(database: Database, reader: Reader, id: string): Promise<DutyRow | undefined> {
  const access = actsFor(reader, "o");
  const [row] = await database.read<DutyRow>(
    `SELECT ${DUTY} FROM obligation o ${WITH_CASE} WHERE o.id = ? AND ${access.sql}`,
    [id, ...access.values],
  );
  return row;
}

/** One duty as it stands, for messages to those who act for its party. */
export async function findObligation(database: Database, id: string): Promise<ObligationRow | undefined> {
  const [row] = await database.read<ObligationRow>(`SELECT ${OBLIGATION} FROM obligation o WHERE o.id = ?`, [id]);
  return row;
}
