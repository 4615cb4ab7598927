import { randomBytes, randomInt } from "node:crypto";
import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { addDays } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { FeeNotice } from "./model.ts";
import { staysIn } from "./payer.ts";
import { problem } from "./problems.ts";
import type { FeeState, ShownState } from "./workflow.ts";

/** A notice as it is read. */
export interface NoticeRow {
  readonly id: string;
  readonly sealRef: string;
  readonly number: string;
  readonly courtCode: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly filingId: string;
  readonly source: string;
  readonly accountId: string;
  /** Whether who is to pay is still there to be told: they have not left the case. */
  readonly payerStays: boolean;
  readonly payer: Buffer;
  readonly payerKind: "natural" | "organisation";
  readonly title: Buffer;
  readonly facts: string;
  readonly assessedFen: number;
  readonly reliefFen: number;
  readonly paidFen: number;
  readonly refundedFen: number;
  readonly steps: string;
  readonly basis: string;
  readonly state: FeeState;
  readonly payingUntil: Date | null;
  readonly issuedAt: Date;
  readonly servedOn: string | null;
  readonly presumed: boolean;
  readonly dueOn: string | null;
  readonly nominalDueOn: string | null;
  readonly provisional: boolean;
  readonly deferredOn: string | null;
  readonly payCode: string;
  readonly paidAt: Date | null;
  readonly version: number;
}

// DATE comes back as text from both drivers only where it is asked for as text.
const day = (column: string, name: string): string => `DATE_FORMAT(n.${column}, '%Y-%m-%d') AS ${name}`;
const COLUMNS = `n.id, n.seal_ref AS sealRef, n.number, n.court_code AS courtCode, n.case_id AS caseId, n.case_number AS caseNumber,
  n.filing_id AS filingId, n.source, n.account_id AS accountId, n.payer, n.payer_kind AS payerKind, n.title, n.facts,
  n.assessed_fen AS assessedFen, n.relief_fen AS reliefFen, n.paid_fen AS paidFen, n.refunded_fen AS refundedFen, n.steps, n.basis,
  n.state, n.paying_until AS payingUntil, n.issued_at AS issuedAt, ${day("served_on", "servedOn")}, n.presumed,
  ${day("due_on", "dueOn")}, ${day("nominal_due_on", "nominalDueOn")}, n.provisional, ${day("deferred_on", "deferredOn")},
  n.pay_code AS payCode, n.paid_at AS paidAt, n.version`;
/** Asked when a statement is written: `case` has said by then who has left. */
const columns = (): string => `${COLUMNS}, ${staysIn("n")} AS payerStays`;

/**
 * Who may see a notice, in SQL (reliability rule 25): who is to pay and has not left its case, and the people of its court who
 * work on cases.
 */
export function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor)) return { sql: `n.account_id = ? AND ${staysIn("n")}`, values: [actor.accountId] };
  if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
  return { sql: "n.court_code = ?", values: [actor.courtCode] };
}

/** The same for a row that was found or is held already. */
export async function maySee(from: Database | Work, actor: Actor, noticeId: string): Promise<boolean> {
  const { sql, values } = visibleTo(actor);
  const asked = `SELECT n.id FROM fee_notice n WHERE n.id = ? AND ${sql}`;
  const rows = await ("read" in from
    ? from.read(asked, [noticeId, ...values])
    : from.query(asked, [noticeId, ...values]));
  return rows.length > 0;
}

/** The notice, its row held until the work is done. Throws `fee.not_found` where it is absent; asks for no access. */
export async function holdNotice(work: Work, id: string): Promise<FeeNotice> {
  const notice = await FeeNotice.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!notice) throw problem("fee.not_found");
  return notice;
}

/** The same for one who wants to move it; what they may not see does not exist. */
export async function holdVisible(work: Work, id: string): Promise<FeeNotice> {
  const notice = await holdNotice(work, id);
  if (!(await maySee(work, work.actor, id))) throw problem("fee.not_found");
  return notice;
}

export async function findNoticeRow(database: Database, actor: Actor, id: string): Promise<NoticeRow> {
  const { sql, values } = visibleTo(actor);
  return one(database, `n.id = ? AND ${sql}`, [id, ...values]);
}

/** A notice for somebody who wants to pay it: who is to pay, the people of its court, or whoever knows its pay code. */
export async function findPayable(
  { database }: Pick<Means, "database">,
  actor: Actor,
  id: string,
  payCode?: string,
): Promise<NoticeRow> {
  const { sql, values } = visibleTo(actor);
  if (!payCode) return one(database, `n.id = ? AND ${sql}`, [id, ...values]);
  return one(database, `n.id = ? AND (${sql} OR n.pay_code = ?)`, [id, ...values, payCode]);
}

export const findByPayCode = (database: Database, payCode: string): Promise<NoticeRow> =>
  one(database, "n.pay_code = ?", [payCode]);

/** Notices of a case by the order they were issued in, whoever asks. */
export const listOfCase = (database: Database, caseId: string): Promise<NoticeRow[]> =>
  read(database, "n.case_id = ? ORDER BY n.id", [caseId]);

/** Notices by id, for what was found for the reader before. */
export async function noticesById(database: Database, ids: readonly string[]): Promise<Map<string, NoticeRow>> {
  if (ids.length === 0) return new Map();
  const rows = await read(database, `n.id IN (${ids.map(() => "?").join(",")})`, [...ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface NoticeFilter {
  readonly state?: ShownState | undefined;
  readonly caseId?: string | undefined;
  readonly due?: "soon" | "overdue" | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
  readonly now: Date;
  readonly today: string;
}
/** Days before the last one in which a notice counts as due soon. */
export const SOON_DAYS = 2;

/** Newest first, one row more than `limit`. */
export function listNoticeRows(database: Database, actor: Actor, filter: NoticeFilter): Promise<NoticeRow[]> {
  const { state, caseId, due, before, limit, now, today } = filter;
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  const add = (condition: string, ...more: Value[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (caseId) add("n.case_id = ?", caseId);
  if (state === "paying") add("n.state = 'open' AND n.paying_until > ?", now);
  else if (state === "open") add("n.state = 'open' AND (n.paying_until IS NULL OR n.paying_until <= ?)", now);
  else if (state) add("n.state = ?", state);
  if (due === "soon") add("n.state = 'open' AND n.due_on BETWEEN ? AND ?", today, addDays(today, SOON_DAYS));
  if (due === "overdue") add("n.state = 'overdue'");
  if (before) add("n.id < ?", before);
  return read(database, `${where.join(" AND ")} ORDER BY n.id DESC LIMIT ${Number(limit) + 1}`, values);
}

async function one(database: Database, where: string, values: Value[]): Promise<NoticeRow> {
  const [row] = await read(database, where, values);
  if (!row) throw problem("fee.not_found");
  return row;
}

type Stored = {
  [K in keyof NoticeRow]: NoticeRow[K] extends number ? string : NoticeRow[K] extends boolean ? unknown : NoticeRow[K];
};
async function read(database: Database, where: string, values: Value[]): Promise<NoticeRow[]> {
  const rows = await database.read<Stored>(`SELECT ${columns()} FROM fee_notice n WHERE ${where}`, values);
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    caseId: String(row.caseId),
    filingId: String(row.filingId),
    accountId: String(row.accountId),
    assessedFen: Number(row.assessedFen),
    reliefFen: Number(row.reliefFen),
    paidFen: Number(row.paidFen),
    refundedFen: Number(row.refundedFen),
    payerStays: Number(row.payerStays) === 1,
    presumed: Number(row.presumed) === 1,
    provisional: Number(row.provisional) === 1,
    version: Number(row.version),
  }));
}

export const newSealRef = (): string => randomBytes(16).toString("hex");
const boundTo = (row: { sealRef: string }, what: string): string => `fee ${row.sealRef} ${what}`;
type Word = "payer" | "title" | "note" | "document" | "statement" | "reason";
/** Seals what a person is called or said, to the row it belongs to. */
export const sealWord = (vault: Vault, row: { sealRef: string }, what: Word, text: string): Buffer =>
  vault.seal(text, boundTo(row, what));
export const openWord = (vault: Vault, row: { sealRef: string }, what: Word, sealed: Buffer): string =>
  vault.open(sealed, boundTo(row, what));

/** 缴款码: fifteen random digits and a check digit, so that a mistyped one is not somebody else's. */
export function newPayCode(): string {
  const digits = Array.from({ length: 15 }, () => randomInt(10));
  return [...digits, checkDigit(digits)].join("");
}
export function isPayCode(text: string): boolean {
  if (!/^\d{16}$/.test(text)) return false;
  const digits = [...text].map(Number);
  return checkDigit(digits.slice(0, 15)) === digits[15];
}
/** Luhn's: every second digit doubled, from the right. */
function checkDigit(digits: readonly number[]): number {
  const sum = digits.reduce((total, digit, at) => {
    const doubled = (digits.length - at) % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
