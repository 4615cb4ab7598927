import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { type Handler, handlersOf, mayHandle } from "#modules/case/index.ts";
import type { Kind } from "./applications.ts";
import { Submission } from "./model.ts";
import { problem } from "./problems.ts";
import type { Content } from "./schema.ts";
import type { SubmissionState } from "./workflow.ts";

export interface SubmissionRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly accountId: string;
  readonly partyKey: string;
  readonly kind: Kind;
  readonly application: string | null;
  readonly queue: string;
  readonly state: SubmissionState;
  readonly content: Buffer;
  readonly version: number;
  readonly updatedAt: Date;
  readonly submittedAt: Date | null;
  readonly openAt: Date | null;
  readonly dueOn: string | null;
  readonly decidedAt: Date | null;
  readonly note: Buffer | null;
}
const COLUMNS = `s.id, s.seal_ref AS sealRef, s.case_id AS caseId, s.court_code AS courtCode, s.account_id AS accountId, s.party_key AS partyKey,
  s.kind, s.application, s.queue, s.state, s.content, s.version, s.updated_at AS updatedAt, s.submitted_at AS submittedAt, s.open_at AS openAt,
  DATE_FORMAT(s.due_on, '%Y-%m-%d') AS dueOn, s.decided_at AS decidedAt, s.note`;

/** For whom the actor acts in a case now, or works for who does; nobody for the court's own people. */
export async function partiesOf(from: Database | Work, actor: Actor, caseId: string): Promise<Handler[]> {
  if (isStaff(actor)) return [];
  return (await handlersOf(from, caseId)).filter(({ accountId }) => accountId === actor.accountId);
}

/**
 * Who may see a submission, in SQL (reliability rule 25): its own side from the first word; the court once it was handed in;
 * the other parties from the day it is open to them. Whoever takes no part in the case sees none.
 */
function visibleTo(actor: Actor, mine: readonly Handler[]): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (isStaff(actor)) {
    if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
    return { sql: "s.court_code = ? AND s.submitted_at IS NOT NULL", values: [actor.courtCode] };
  }
  if (mine.length === 0) return { sql: "FALSE", values: [] };
  const own = mine.map(({ partyKey }) => partyKey);
  return {
    sql: `(s.party_key IN (${own.map(() => "?").join(",")}) OR (s.open_at IS NOT NULL AND s.state NOT IN ('returned', 'withdrawn')))`,
    values: own,
  };
}

export interface Found {
  readonly row: SubmissionRow;
  readonly mine: readonly Handler[];
}
export async function findSubmission(database: Database, actor: Actor, id: string): Promise<Found> {
  const [known] = await database.read<{ caseId: string }>("SELECT case_id AS caseId FROM submission WHERE id = ?", [
    id,
  ]);
  if (!known) throw problem("submission.not_found");
  const mine = await partiesOf(database, actor, String(known.caseId));
  const { sql, values } = visibleTo(actor, mine);
  const [row] = await database.read<SubmissionRow>(`SELECT ${COLUMNS} FROM submission s WHERE s.id = ? AND ${sql}`, [
    id,
    ...values,
  ]);
  if (!row) throw problem("submission.not_found");
  return { row: plain(row), mine };
}

export async function listOfCase(
  database: Database,
  actor: Actor,
  caseId: string,
): Promise<{ rows: SubmissionRow[]; mine: Handler[] }> {
  const mine = await partiesOf(database, actor, caseId);
  const { sql, values } = visibleTo(actor, mine);
  const rows = await database.read<SubmissionRow>(
    `SELECT ${COLUMNS} FROM submission s WHERE s.case_id = ? AND ${sql} ORDER BY s.id DESC LIMIT 200`,
    [caseId, ...values],
  );
  return { rows: rows.map(plain), mine };
}

/** What waits at a court, the soonest due first. */
export async function listAtDesk(
  database: Database,
  actor: Actor,
  { state, queue, caseIds }: { state: SubmissionState; queue: string | null; caseIds: readonly string[] | null },
): Promise<SubmissionRow[]> {
  if (caseIds?.length === 0) return [];
  const { sql, values } = visibleTo(actor, []);
  const own = caseIds === null ? "" : `AND s.case_id IN (${caseIds.map(() => "?").join(",")})`;
  const rows = await database.read<SubmissionRow>(
    `SELECT ${COLUMNS} FROM submission s WHERE ${sql} AND s.state = ? ${queue ? "AND s.queue = ?" : ""} ${own}
     ORDER BY s.due_on IS NULL, s.due_on, s.id LIMIT 200`,
    [...values, state, ...(queue ? [queue] : []), ...(caseIds ?? [])],
  );
  return rows.map(plain);
}

const plain = (row: SubmissionRow): SubmissionRow => ({
  ...row,
  id: String(row.id),
  caseId: String(row.caseId),
  accountId: String(row.accountId),
  version: Number(row.version),
});

/** Held until the work is done. Throws `submission.not_found` for whoever may not see it. */
export async function holdSubmission(work: Work, id: string): Promise<{ held: Submission; mine: Handler[] }> {
  const held = await Submission.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!held) throw problem("submission.not_found");
  const mine = await partiesOf(work, work.actor, String(held.caseId));
  const { sql, values } = visibleTo(work.actor, mine);
  const [seen] = await work.query(`SELECT s.id FROM submission s WHERE s.id = ? AND ${sql}`, [id, ...values]);
  if (!seen) throw problem("submission.not_found");
  return { held, mine };
}

const boundTo = ({ sealRef }: { sealRef: string }, what: "content" | "note"): string => `submission ${sealRef} ${what}`;
export const sealContent = (vault: Vault, row: { sealRef: string }, content: Content): Buffer =>
  vault.seal(JSON.stringify(content), boundTo(row, "content"));
export const openContent = <C extends Content>(vault: Vault, row: { sealRef: string; content: Buffer }): C =>
  JSON.parse(vault.open(row.content, boundTo(row, "content"))) as C;
export const sealNote = (vault: Vault, row: { sealRef: string }, text: string): Buffer =>
  vault.seal(text, boundTo(row, "note"));
export const openNote = (vault: Vault, row: { sealRef: string; note: Buffer | null }): string =>
  row.note === null ? "" : vault.open(row.note, boundTo(row, "note"));

/** Whether the reader may write in what their side prepares: an assistant and a stand-in where drafting was left to them. */
export const mayWrite = (mine: readonly Handler[], partyKey: string): boolean =>
  mine.some((one) => one.partyKey === partyKey && mayHandle(one, "draft"));
/** Who hands in and takes back is who has the party's mandate. */
export const withMandate = (mine: readonly Handler[], partyKey: string): Handler | undefined =>
  mine.find((one) => one.partyKey === partyKey && one.rights === null);
