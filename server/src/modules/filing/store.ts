import { randomBytes } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import { isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { ClockEvent } from "./clock.ts";
import { confirmedBy } from "./confirmation-store.ts";
import type { FilingContent } from "./content.ts";
import type { FieldVersions } from "./edits.ts";
import { helpedBy } from "./helper-access.ts";
import { Filing } from "./model.ts";
import { problem } from "./problems.ts";
import type { FilingState } from "./workflow.ts";

/**
 * Who may see a filing, in SQL (reliability rule 25): the one who files, as an agent only while the agency lasts; whoever
 * confirmed something of it, until they take that back; the court's people once it has been handed in.
 * What is not matched does not exist for the reader.
 */
export function visibleTo(actor: Actor, table = "f"): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (isStaff(actor)) {
    if (actor.role === "auditor" || actor.role === "admin") return { sql: "FALSE", values: [] };
    return { sql: `(${table}.court_code = ? AND ${table}.submitted_at IS NOT NULL)`, values: [actor.courtCode] };
  }
  const confirmed = confirmedBy(actor, table);
  return {
    sql: `((${table}.account_id = ? AND ${table}.reading_ended_at IS NULL) OR ${confirmed.sql})`,
    values: [actor.accountId, ...confirmed.values],
  };
}

/** The filing, its row held until the work is done, so that two people cannot move it at once. Throws `filing.not_found`. */
export async function holdFiling(work: Work, id: string): Promise<Filing> {
  const filing = await Filing.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!filing || !maySee(work.actor, filing)) throw problem("filing.not_found");
  return filing;
}

export function maySee(
  actor: Actor,
  filing: { accountId: string; courtCode: string; submittedAt: Date | null; readingEndedAt: Date | null },
): boolean {
  if (actor.role === "system") return true;
  if (!isStaff(actor)) return String(filing.accountId) === actor.accountId && filing.readingEndedAt === null;
  return (
    filing.courtCode === actor.courtCode &&
    filing.submittedAt !== null &&
    actor.role !== "auditor" &&
    actor.role !== "admin"
  );
}

export interface FilingRow {
  readonly id: string;
  readonly sealRef: string;
  readonly accountId: string;
  readonly courtCode: string;
  readonly state: FilingState;
  readonly version: number;
  readonly round: number;
  readonly causeCode: string | null;
  readonly formId: string | null;
  readonly amountFen: string | null;
  readonly summary: Buffer;
  readonly receiptNumber: string | null;
  readonly submittedAt: Date | null;
  readonly correctionDueOn: string | null;
  readonly caseId: string | null;
  readonly caseNumber: string | null;
  readonly channel: "online" | "paper" | "transfer";
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `f.id, f.seal_ref AS sealRef, f.account_id AS accountId, f.court_code AS courtCode, f.state, f.version, f.round,
  f.cause_code AS causeCode, f.form_id AS formId, f.amount_fen AS amountFen, f.summary, f.receipt_number AS receiptNumber,
  f.submitted_at AS submittedAt, f.correction_due_on AS correctionDueOn, f.case_id AS caseId, f.case_number AS caseNumber, f.channel,
  f.created_at AS createdAt, f.updated_at AS updatedAt`;

export interface FoundFiling extends FilingRow {
  readonly content: Buffer;
  /** Whether somebody helps to fill it in: hardly ever, so that the reader need not ask. */
  readonly helped: number;
}

export async function findFilingRow(
  database: Database,
  actor: Actor,
  id: string,
  { helperToo = false }: { readonly helperToo?: boolean } = {},
): Promise<FoundFiling> {
  const own = visibleTo(actor);
  // Open to whoever helps to fill it in only where the caller says so (帮助填写).
  const helped = helperToo ? helpedBy(actor) : { sql: "FALSE", values: [] };
  const sql = `(${own.sql} OR ${helped.sql})`;
  const values = [...own.values, ...helped.values];
  const [row] = await database.read<FoundFiling>(
    `SELECT ${COLUMNS}, f.content,
       EXISTS (SELECT 1 FROM filing_helper fh WHERE fh.filing_id = f.id AND fh.state = 'active') AS helped
     FROM filing f WHERE f.id = ? AND ${sql}`,
    [id, ...values],
  );
  if (!row) throw problem("filing.not_found");
  return row;
}

/** The contents of filings that were found for the reader before, by id. */
export async function listContents(
  database: Database,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, FilingContent>> {
  if (ids.length === 0) return new Map();
  const rows = await database.read<{ id: string; sealRef: string; content: Buffer }>(
    `SELECT id, seal_ref AS sealRef, content FROM filing WHERE id IN (${ids.map(() => "?").join(",")})`,
    ids,
  );
  return new Map(rows.map((row) => [row.id, openContent(vault, row).content]));
}

/** Titles, and numbers where there are some, of filings that were found for the reader before, by id. */
export async function listTitles(
  database: Database,
  vault: Vault,
  ids: readonly string[],
): Promise<Map<string, { title: string; caseNumber: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await database.read<{ id: string; sealRef: string; summary: Buffer; caseNumber: string | null }>(
    `SELECT id, seal_ref AS sealRef, summary, case_number AS caseNumber FROM filing WHERE id IN (${ids.map(() => "?").join(",")})`,
    ids,
  );
  return new Map(rows.map((row) => [row.id, { title: openTitle(vault, row), caseNumber: row.caseNumber }]));
}

/** Newest first; `before` is the id after which the page begins. One row more than `limit`, to know whether more follow. */
export function listFilingRows(
  database: Database,
  actor: Actor,
  { state, before, limit }: { state?: FilingState | undefined; before?: string | undefined; limit: number },
): Promise<FilingRow[]> {
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  if (state) where.push("f.state = ?") && values.push(state);
  if (before) where.push("f.id < ?") && values.push(before);
  // Of the public, both ways to a filing are looked up by their own index before anything is sorted.
  const isPublic = actor.role === "litigant" || actor.role === "lawyer";
  const mine = isPublic
    ? `(SELECT id FROM filing WHERE account_id = ? UNION SELECT filing_id FROM filing_confirmation WHERE account_id = ? AND state = 'confirmed') mine JOIN filing f ON f.id = mine.id`
    : "filing f";
  if (isPublic) values.unshift(actor.accountId, actor.accountId);
  return database.read<FilingRow>(
    `SELECT ${COLUMNS} FROM ${mine} WHERE ${where.join(" AND ")} ORDER BY f.id DESC LIMIT ${Number(limit) + 1}`,
    values,
  );
}

export async function listClockEvents(database: Database, ids: readonly string[]): Promise<Map<string, ClockEvent[]>> {
  const found = new Map<string, ClockEvent[]>();
  if (ids.length === 0) return found;
  const rows = await database.read<ClockEvent & { filingId: string }>(
    `SELECT filing_id AS filingId, event, on_day AS onDay, due_on AS dueOn, nominal_due_on AS nominalDueOn, provisional, basis, note
     FROM filing_clock_event WHERE filing_id IN (${ids.map(() => "?").join(",")}) ORDER BY id`,
    ids,
  );
  for (const { filingId, ...event } of rows) {
    const list = found.get(filingId) ?? [];
    list.push({ ...event, provisional: Boolean(event.provisional) });
    found.set(filingId, list);
  }
  return found;
}

export interface Written {
  readonly content: FilingContent;
  readonly versions: FieldVersions;
}

export const newSealRef = (): string => randomBytes(16).toString("hex");
const boundTo = (row: { sealRef: string }, what: string): string => `filing ${row.sealRef} ${what}`;

export const sealContent = (vault: Vault, row: { sealRef: string }, written: Written): Buffer =>
  vault.seal(JSON.stringify(written), boundTo(row, "content"));
export function openContent(vault: Vault, row: { sealRef: string; content: Buffer }): Written {
  return JSON.parse(vault.open(row.content, boundTo(row, "content"))) as Written;
}
export const sealTitle = (vault: Vault, row: { sealRef: string }, title: string): Buffer =>
  vault.seal(title, boundTo(row, "title"));
export const openTitle = (vault: Vault, row: { sealRef: string; summary: Buffer }): string =>
  vault.open(row.summary, boundTo(row, "title"));
/** Texts that belong to a filing: notes of steps, documents, defects, snapshots. */
export const sealText = (vault: Vault, row: { sealRef: string }, text: string): Buffer =>
  vault.seal(text, boundTo(row, "text"));
export const openText = (vault: Vault, row: { sealRef: string }, sealed: Buffer): string =>
  vault.open(sealed, boundTo(row, "text"));
