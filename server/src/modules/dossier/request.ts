import { randomBytes } from "node:crypto";
import { type Actor, isStaff, SYSTEM } from "#core/actor.ts";
import { type Database, isDuplicate, type Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import { actingFor, holdCaseFor } from "#modules/case/index.ts";
import { courtParameters } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { problem } from "./problems.ts";
import { HOUR_MS, sealWord } from "./store.ts";
import { type RequestAction, type RequestState, requestWorkflow } from "./workflow.ts";

export interface RequestRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly accountId: string;
  readonly partyKey: string;
  readonly state: RequestState;
  readonly purpose: Buffer;
  readonly note: Buffer | null;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly decidedAt: Date | null;
  readonly untilAt: Date | null;
  /** Granted, and its time has not run out by the database's clock. */
  readonly running: boolean;
}
const COLUMNS = `r.id, r.seal_ref AS sealRef, r.case_id AS caseId, r.court_code AS courtCode, r.account_id AS accountId, r.party_key AS partyKey,
  r.state, r.purpose, r.note, r.asked_at AS askedAt, r.due_at AS dueAt, r.decided_at AS decidedAt, r.until_at AS untilAt,
  (r.state = 'granted' AND r.until_at > UTC_TIMESTAMP(3)) AS running`;

/** Whoever asked, and the court's people who work on cases. */
function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor)) return { sql: "r.account_id = ?", values: [actor.accountId] };
  if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
  return { sql: "r.court_code = ?", values: [actor.courtCode] };
}

/** The newest first; of one case, or what waits for an answer at the court. */
export async function listRequests(
  database: Database,
  actor: Actor,
  which: { readonly caseId: string } | { readonly state: RequestState },
): Promise<RequestRow[]> {
  const { sql, values } = visibleTo(actor);
  const [where, value] = "caseId" in which ? ["r.case_id = ?", which.caseId] : ["r.state = ?", which.state];
  const rows = await database.read<Omit<RequestRow, "running"> & { running: number }>(
    `SELECT ${COLUMNS} FROM dossier_request r WHERE ${sql} AND ${where} ORDER BY r.id DESC LIMIT 100`,
    [...values, value],
  );
  return rows.map(({ running, ...row }) => ({
    ...row,
    id: String(row.id),
    caseId: String(row.caseId),
    accountId: String(row.accountId),
    running: Number(running) === 1,
  }));
}

/** How a request stands, for our own hands. */
export async function findRequest(
  { read }: Pick<Database, "read">,
  id: string,
): Promise<Pick<RequestRow, "state" | "dueAt"> | null> {
  const [row] = await read<Pick<RequestRow, "state" | "dueAt">>(
    "SELECT state, due_at AS dueAt FROM dossier_request WHERE id = ?",
    [id],
  );
  return row ?? null;
}

/** 阅卷申请. Throws `dossier.request_needless`, `dossier.request_open`; 404 for whoever takes no part in the case. */
export async function askToRead(work: Work, { vault }: Means, caseId: string, purpose: string): Promise<string> {
  const courtCase = await holdCaseFor(work, caseId);
  const [one] = await actingFor(work, caseId);
  if (!one) throw problem("dossier.not_found");
  const { dossierNeedsApproval, dossierDecideHours } = await courtParameters(courtCase.courtCode);
  if (!dossierNeedsApproval) throw problem("dossier.request_needless");
  const [running] = await work.query(
    "SELECT id FROM dossier_request WHERE case_id = ? AND account_id = ? AND state = 'granted' AND until_at > UTC_TIMESTAMP(3)",
    [caseId, work.actor.accountId],
  );
  if (running) throw problem("dossier.request_needless");
  const sealRef = randomBytes(16).toString("hex");
  const openOf = `${caseId} ${work.actor.accountId}`;
  const dueAt = new Date(work.at.getTime() + dossierDecideHours * HOUR_MS);
  await work
    .change(
      `INSERT INTO dossier_request (seal_ref, case_id, court_code, account_id, party_key, state, open_of, purpose, asked_at, due_at)
       VALUES (?,?,?,?,?,?,?,?,?,?)`,
      [
        sealRef,
        caseId,
        courtCase.courtCode,
        work.actor.accountId,
        one.partyKey,
        requestWorkflow.start,
        openOf,
        sealWord(vault, { sealRef }, "purpose", purpose),
        work.at,
        dueAt,
      ],
    )
    .catch((error: unknown) => {
      throw isDuplicate(error) ? problem("dossier.request_open") : error;
    });
  const [made] = await work.query<{ id: string }>("SELECT id FROM dossier_request WHERE open_of = ?", [openOf]);
  const requestId = String(made?.id);
  const facts = { about: `dossier_request:${requestId}`, courtCode: courtCase.courtCode, requestId, caseId };
  await work.emit({ name: "dossier.requested", ...facts, accountId: work.actor.accountId });
  await work.emit({ name: "dossier.request_due", ...facts }, { dueAt });
  return requestId;
}

const EVENTS = {
  refuse: "dossier.request_refused",
  withdraw: "dossier.request_withdrawn",
  end: "dossier.request_ended",
} as const;

/** Grants for so many hours, refuses, ends or takes back a request. Throws 403, 404, 409 for its state. */
export async function moveRequest(
  work: Work,
  { vault }: Means,
  id: string,
  { action, hours, note }: { action: RequestAction; hours?: number | undefined; note?: string | undefined },
): Promise<string> {
  const { sql, values } = visibleTo(work.actor);
  const [row] = await work.query<RequestRow>(
    `SELECT ${COLUMNS} FROM dossier_request r WHERE r.id = ? AND ${sql} FOR UPDATE`,
    [id, ...values],
  );
  if (!row) throw problem("dossier.not_found");
  const state = requestWorkflow.next(row.state, action, work.actor.role);
  const { dossierReadingHours } = await courtParameters(row.courtCode);
  const until = action === "grant" ? new Date(work.at.getTime() + (hours ?? dossierReadingHours) * HOUR_MS) : null;
  await work.change(
    `UPDATE dossier_request SET state = ?, open_of = NULL, until_at = ?, note = ?, decided_at = ?, decided_by = ? WHERE id = ?`,
    [
      state,
      until ?? (action === "end" ? work.at : null),
      note ? sealWord(vault, row, "note", note) : null,
      work.at,
      work.actor.accountId,
      id,
    ],
  );
  const facts = {
    about: `dossier_request:${id}`,
    courtCode: row.courtCode,
    requestId: String(id),
    caseId: String(row.caseId),
    accountId: String(row.accountId),
  };
  if (until) await work.emit({ name: "dossier.request_granted", ...facts, until: until.toISOString() });
  else await work.emit({ name: EVENTS[action as keyof typeof EVENTS], ...facts });
  return String(row.caseId);
}

/** The hours are over and nobody answered: it is marked in the log of the node and stays first in the court's list. */
export async function requestDue(means: Means, requestId: string): Promise<void> {
  const late = await means.transact(SYSTEM, (work) =>
    work.query("SELECT id FROM dossier_request WHERE id = ? AND state = 'asked'", [requestId]),
  );
  if (late.length > 0) means.logger.warn({ requestId }, "a request to read the dossier was not answered in time");
}
