import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { CourtCase } from "./model.ts";
import { isActive, isActiveTo } from "./powers.ts";
import { problem } from "./problems.ts";
import type { CaseState } from "./workflow.ts";

/** 适用程序. */
export const PROCEDURES = { ordinary: "普通程序", summary: "简易程序", small: "小额诉讼程序" } as const;
export type TrialProcedure = keyof typeof PROCEDURES;
/** 证据交换: all at once, unless all agree to each in their own time (在线诉讼规则§14). */
export const EXCHANGES = { synchronous: "同步", asynchronous: "非同步" } as const;
export type Exchange = keyof typeof EXCHANGES;

/** 结案方式. */
export const OUTCOMES = {
  judgment: "判决",
  mediation: "调解",
  withdrawal: "撤诉",
  dismissal: "裁定驳回起诉",
  transfer: "移送其他法院",
} as const;
export type Outcome = keyof typeof OUTCOMES;

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
  readonly judgeId: string | null;
  /** Ids, joined by commas. */
  readonly panelIds: string;
  readonly courtClerkId: string | null;
  readonly trialProcedure: TrialProcedure | null;
  readonly exchange: Exchange;
  readonly closedOn: string | null;
  readonly outcome: Outcome | null;
}

/** Of a case, as `c`. */
export const COLUMNS = `c.id, c.seal_ref AS sealRef, c.filing_id AS filingId, c.account_id AS accountId, c.court_code AS courtCode, c.number,
  c.case_type_code AS caseTypeCode, c.cause_code AS causeCode, c.amount_fen AS amountFen, c.state, c.title, c.filed_on AS filedOn, c.accepted_on AS acceptedOn,
  c.judge_id AS judgeId, c.panel_ids AS panelIds, c.court_clerk_id AS courtClerkId, c.trial_procedure AS trialProcedure, c.exchange,
  DATE_FORMAT(c.closed_on, '%Y-%m-%d') AS closedOn, c.outcome`;

/**
 * Who may see a case, in SQL: those who take part in it now, and the people of its court who work on cases (审判流程公开规定
 * §6, §7: reading stops with leaving the case). Former agents, strangers and other courts find nothing.
 */
export function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor))
    return {
      sql: `(SELECT 1 FROM case_participant mine WHERE mine.account_id = ? AND mine.case_id = c.id AND ${isActiveTo(actor, "mine")} LIMIT 1) = 1`,
      values: [actor.accountId],
    };
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

/**
 * The case, its row held until the work is done, for one who may see it; `anyway` also for those who may not. Throws
 * `case.not_found`.
 */
export async function holdCaseFor(work: Work, id: string, { anyway = false } = {}): Promise<CourtCase> {
  // The row is locked first: whoever ends a participation holds the same row.
  const row = await CourtCase.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!row) throw problem("case.not_found");
  if (anyway) return row;
  const { sql, values } = visibleTo(work.actor);
  const [seen] = await work.query(`SELECT c.id FROM court_case c WHERE c.id = ? AND ${sql}`, [id, ...values]);
  if (!seen) throw problem("case.not_found");
  return row;
}

/** The cases an account takes part in now, newest first: for rooms that keep lists of their own. */
export async function caseIdsOf(database: Database, accountId: string): Promise<string[]> {
  const rows = await database.read<{ id: string }>(
    `SELECT DISTINCT cp.case_id AS id FROM case_participant cp WHERE cp.account_id = ? AND ${isActive("cp")} ORDER BY cp.case_id DESC`,
    [accountId],
  );
  return rows.map(({ id }) => String(id));
}

export interface CaseFilter {
  readonly number?: string | undefined;
  /** Keyed index of a party's name. */
  readonly partyIndex?: string | undefined;
  readonly state?: CaseState | undefined;
  readonly courtCode?: string | undefined;
  readonly causeCode?: string | undefined;
  /** Only what this member of staff tries or keeps the record of. */
  readonly benchOf?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Along which index a list is walked, newest first: a page begins where the last one ended, and reads no more than itself. */
interface Way {
  readonly from: string;
  readonly key: string;
  readonly sql: string;
  readonly values: readonly Value[];
}
function wayThrough(actor: Actor, { number, partyIndex }: CaseFilter): Way {
  const { sql, values } = visibleTo(actor);
  if (number) return { from: "court_case c", key: "c.id", sql: `c.number = ? AND ${sql}`, values: [number, ...values] };
  // A lawyer's own thousands, in their order.
  if (!isStaff(actor) && actor.role !== "system")
    return {
      from: "case_participant cp FORCE INDEX (case_participant_account) JOIN court_case c ON c.id = cp.case_id",
      key: "cp.case_id",
      sql: `cp.account_id = ? AND ${isActiveTo(actor, "cp")}`,
      values: [actor.accountId],
    };
  if (partyIndex)
    return {
      from: "case_party p FORCE INDEX (case_party_by_name) JOIN court_case c ON c.id = p.case_id",
      key: "p.case_id",
      sql: `p.name_index = ? AND ${sql}`,
      values: [partyIndex, ...values],
    };
  return { from: "court_case c", key: "c.id", sql, values };
}

/** The statement of a list, newest first, one row more than `limit`. */
export function caseListSql(actor: Actor, filter: CaseFilter): { sql: string; values: Value[] } {
  const { partyIndex, state, courtCode, causeCode, benchOf, before, limit } = filter;
  const way = wayThrough(actor, filter);
  const where = [way.sql];
  const values = [...way.values];
  const add = (condition: string, ...given: Value[]) => {
    where.push(condition);
    values.push(...given);
  };
  // A value rather than EXISTS, which would be turned round.
  if (partyIndex)
    add("(SELECT 1 FROM case_party named WHERE named.case_id = c.id AND named.name_index = ? LIMIT 1) = 1", partyIndex);
  if (state) add("c.state = ?", state);
  if (courtCode) add("c.court_code = ?", courtCode);
  if (causeCode) add("c.cause_code = ?", causeCode);
  if (benchOf)
    add("(c.judge_id = ? OR c.court_clerk_id = ? OR FIND_IN_SET(?, c.panel_ids))", benchOf, benchOf, benchOf);
  if (before) add(`${way.key} < ?`, before);
  // Once, also for one who acts for two of its parties.
  const once = way.key === "c.id" ? "" : `GROUP BY ${way.key}`;
  return {
    sql: `SELECT STRAIGHT_JOIN ${COLUMNS} FROM ${way.from} WHERE ${where.join(" AND ")} ${once}
      ORDER BY ${way.key} DESC LIMIT ${Number(limit) + 1}`,
    values,
  };
}

export function listCaseRows(database: Database, actor: Actor, filter: CaseFilter): Promise<CaseRow[]> {
  const { sql, values } = caseListSql(actor, filter);
  return database.read<CaseRow>(sql, values);
}

/** What a member of staff tries or keeps the record of, for the lists of other rooms. */
export async function caseIdsAtBench(database: Database, actor: Actor): Promise<string[]> {
  const rows = await database.read<{ id: string }>(
    `SELECT c.id FROM court_case c WHERE c.court_code = ? AND c.state = 'accepted'
       AND (c.judge_id = ? OR c.court_clerk_id = ? OR FIND_IN_SET(?, c.panel_ids)) ORDER BY c.id DESC LIMIT 2000`,
    [actor.courtCode, actor.accountId, actor.accountId, actor.accountId],
  );
  return rows.map(({ id }) => String(id));
}
