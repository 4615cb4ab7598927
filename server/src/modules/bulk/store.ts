import { randomBytes } from "node:crypto";
import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { FilingContent } from "#modules/filing/index.ts";
import type { ArchivedFile } from "#modules/material/index.ts";
import type { RowFinding } from "./finding.ts";
import { BulkJob, BulkRow } from "./model.ts";
import { problem } from "./problems.ts";
import type { RowText } from "./row-cells.ts";
import type { PlannedFile } from "./wanted-files.ts";
import type { JobState, RowState } from "./workflow.ts";

export interface JobRow {
  readonly id: string;
  readonly sealRef: string;
  readonly accountId: string;
  readonly courtCode: string;
  readonly formId: string;
  readonly state: JobState;
  readonly version: number;
  readonly step: number;
  readonly sheetId: string | null;
  readonly archiveId: string | null;
  readonly signatureId: string | null;
  readonly rowCount: number;
  readonly fault: Buffer | null;
  readonly sameAs: string | null;
  readonly readAt: Date | null;
  readonly validatedAt: Date | null;
  readonly phaseAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
const COLUMNS = `j.id, j.seal_ref AS sealRef, j.account_id AS accountId, j.court_code AS courtCode, j.form_id AS formId, j.state,
  j.version, j.step, j.sheet_id AS sheetId, j.archive_id AS archiveId, j.signature_id AS signatureId, j.row_count AS rowCount,
  j.fault, j.same_as AS sameAs, j.read_at AS readAt, j.validated_at AS validatedAt, j.phase_at AS phaseAt,
  j.created_at AS createdAt, j.updated_at AS updatedAt`;

/** A job of the actor's own; anybody else's does not exist. Throws `bulk.not_found`. */
export async function findJob(database: Database, actor: Actor, id: string): Promise<JobRow> {
  const [job] = await database.read<JobRow>(`SELECT ${COLUMNS} FROM bulk_job j WHERE j.id = ? AND j.account_id = ?`, [
    id,
    actor.accountId,
  ]);
  if (!job) throw problem("bulk.not_found");
  return job;
}

/** For our own hands. */
export async function readJob(database: Database, id: string): Promise<JobRow | null> {
  const [job] = await database.read<JobRow>(`SELECT ${COLUMNS} FROM bulk_job j WHERE j.id = ?`, [id]);
  return job ?? null;
}

/** Newest first, one more than `limit`. */
export function listJobs(
  database: Database,
  actor: Actor,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<JobRow[]> {
  return database.read<JobRow>(
    `SELECT ${COLUMNS} FROM bulk_job j WHERE j.account_id = ? ${before ? "AND j.id < ?" : ""} ORDER BY j.id DESC LIMIT ${limit + 1}`,
    [actor.accountId, ...(before ? [before] : [])],
  );
}

/** The job, its row held until the work is done; the application itself may hold anybody's. Throws `bulk.not_found`. */
export async function holdJob(work: Work, id: string): Promise<BulkJob> {
  const job = await BulkJob.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const isTheirs = job && (work.actor.role === "system" || String(job.accountId) === work.actor.accountId);
  if (!isTheirs) throw problem("bulk.not_found");
  return job;
}

export const holdRow = (work: Work, id: string): Promise<BulkRow | null> =>
  BulkRow.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });

/** True while the job is in this state; it stays there until the work is done. */
export async function isStill(work: Work, jobId: string, state: JobState): Promise<boolean> {
  const [job] = await work.query<{ state: JobState }>("SELECT state FROM bulk_job WHERE id = ? LOCK IN SHARE MODE", [
    jobId,
  ]);
  return job?.state === state;
}

export type Counts = Readonly<Partial<Record<RowState, number>>>;
export async function countRows(database: Database, jobIds: readonly string[]): Promise<Map<string, Counts>> {
  if (jobIds.length === 0) return new Map();
  const rows = await database.read<{ jobId: string; state: RowState; count: string }>(
    `SELECT job_id AS jobId, state, COUNT(*) AS count FROM bulk_row WHERE job_id IN (${jobIds.map(() => "?").join(",")}) GROUP BY job_id, state`,
    jobIds,
  );
  const found = new Map<string, Record<string, number>>();
  for (const { jobId, state, count } of rows) found.set(jobId, { ...found.get(jobId), [state]: Number(count) });
  return found;
}

export interface StoredRow {
  readonly id: string;
  readonly sealRef: string;
  readonly sheetRow: number;
  readonly state: RowState;
  readonly cells: Buffer;
  readonly findings: Buffer | null;
  readonly title: Buffer | null;
  readonly filingId: string | null;
  readonly receiptNumber: string | null;
  readonly sameJobId: string | null;
  readonly sameRow: number | null;
  readonly sameFilingId: string | null;
}

/** Rows of a job that was found for the reader before, as the sheet has them; from behind `after`. */
export function listRows(
  database: Database,
  jobId: string,
  { states, after = 0, limit }: { states?: readonly RowState[] | undefined; after?: number; limit: number },
): Promise<StoredRow[]> {
  const among = states ? `AND r.state IN (${states.map(() => "?").join(",")})` : "";
  return database.read<StoredRow>(
    `SELECT r.id, r.seal_ref AS sealRef, r.sheet_row AS sheetRow, r.state, r.cells, r.findings, r.title, r.filing_id AS filingId,
       r.receipt_number AS receiptNumber, s.job_id AS sameJobId, s.sheet_row AS sameRow, s.filing_id AS sameFilingId
     FROM bulk_row r LEFT JOIN bulk_row s ON s.id = r.same_as
     WHERE r.job_id = ? AND r.sheet_row > ? ${among} ORDER BY r.sheet_row LIMIT ${Number(limit)}`,
    [jobId, after, ...(states ?? [])],
  );
}

/** Ids of rows that wait for this phase, in their order. */
export async function nextRows(
  database: Database,
  jobId: string,
  states: readonly RowState[],
  limit: number,
  { untried = false } = {},
): Promise<string[]> {
  const rows = await database.read<{ id: string }>(
    `SELECT id FROM bulk_row WHERE job_id = ? AND state IN (${states.map(() => "?").join(",")})
     ${untried ? "AND tried_at IS NULL" : ""} ORDER BY sheet_row LIMIT ${Number(limit)}`,
    [jobId, ...states],
  );
  return rows.map(({ id }) => id);
}

export const newSealRef = (): string => randomBytes(16).toString("hex");

type Bound = { readonly sealRef: string };
const sealing = <T>(what: string) => ({
  seal: (vault: Vault, row: Bound, value: T): Buffer =>
    vault.seal(JSON.stringify(value), `bulk ${row.sealRef} ${what}`),
  open: (vault: Vault, row: Bound, sealed: Buffer): T =>
    JSON.parse(vault.open(sealed, `bulk ${row.sealRef} ${what}`)) as T,
});
/** What a row makes: the filing, and the files that go with it. */
export interface RowContent {
  readonly content: FilingContent;
  readonly files: readonly PlannedFile[];
}
export const cellsSeal = sealing<RowText>("cells");
export const contentSeal = sealing<RowContent>("content");
export const findingsSeal = sealing<readonly RowFinding[]>("findings");
export const titleSeal = sealing<string>("title");
export const archiveSeal = sealing<readonly ArchivedFile[]>("archive");
export const faultSeal = sealing<string>("fault");
