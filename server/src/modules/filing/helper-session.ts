import { randomInt } from "node:crypto";
import { isDuplicate } from "#core/database.ts";
import { RunAgain, type Work } from "#core/work.ts";
import { clearAttempts, requireVerified, takeAttempt } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { holdWithHelp } from "./helper-access.ts";
import { Filing } from "./model.ts";
import { problem } from "./problems.ts";
import { EDITABLE, type HelperState, helperWorkflow } from "./workflow.ts";

/** How long help may last, in minutes. */
export const HELP_MINUTES = [30, 60, 120] as const;
export const CODE_MINUTES = 10;
const MINUTE_MS = 60_000;

type Vault = Means["vault"];
interface HelperRow {
  readonly id: string;
  readonly filingId: string;
  readonly state: HelperState;
  readonly minutes: number;
  readonly accountId: string | null;
  readonly untilAt: Date | null;
  readonly expiresAt: Date;
}
const COLUMNS =
  "id, filing_id AS filingId, state, minutes, account_id AS accountId, until_at AS untilAt, expires_at AS expiresAt";
const codeIndex = (vault: Vault, code: string): string => vault.index("helper code", code);
const attempts = (vault: Vault, accountId: string): string => vault.index("helper attempts", accountId);

export interface Offered {
  readonly id: string;
  /** Eight digits, good once and for ten minutes. */
  readonly code: string;
  readonly expiresAt: Date;
}

/** Asks for a helper: a code to be shown or read out. An earlier one is no longer good. Throws `helper.present`. */
export async function offerHelp(work: Work, { vault }: Means, filingId: string, minutes: number): Promise<Offered> {
  const filing = await holdOwnDraft(work, filingId);
  await endOverdue(work, filing);
  for (const row of await living(work, filing.id)) {
    if (row.state === "active") throw problem("helper.present");
    await finish(work, filing, row, "end", "owner");
  }
  const code = String(randomInt(100_000_000)).padStart(8, "0");
  const expiresAt = new Date(work.at.getTime() + CODE_MINUTES * MINUTE_MS);
  try {
    await work.change(
      "INSERT INTO filing_helper (filing_id, state, minutes, code_index, offered_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
      [filing.id, helperWorkflow.start, minutes, codeIndex(vault, code), work.at, expiresAt],
    );
  } catch (error) {
    // Somebody else's code says the same just now.
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
  const [made] = await work.query<{ id: string }>("SELECT id FROM filing_helper WHERE code_index = ?", [
    codeIndex(vault, code),
  ]);
  const id = String(made?.id);
  await work.emit({ name: "filing.helper_offered", ...about(filing, id), minutes });
  return { id, code, expiresAt };
}

/**
 * Takes one of the five tries a person has at codes before they rest, in a work of its own: what fails afterwards must
 * leave its count behind. Throws `helper.too_many_tries`.
 */
export async function takeTry(work: Work, { vault }: Means): Promise<void> {
  await requireVerified(work);
  const seconds = await takeAttempt(work, attempts(vault, work.actor.accountId));
  if (seconds > 0) throw problem("helper.too_many_tries", { retryAfter: seconds });
}

/**
 * Joins with a code; help runs from now for as long as was offered. Throws `account.unverified`, `helper.code_refused`
 * (alike for wrong, used and expired ones), `helper.own_filing`.
 */
export async function joinHelp(work: Work, { vault }: Means, code: string): Promise<{ filingId: string; until: Date }> {
  await requireVerified(work);
  const [found] = await work.query<HelperRow>(`SELECT ${COLUMNS} FROM filing_helper WHERE code_index = ?`, [
    codeIndex(vault, code),
  ]);
  if (!found) throw problem("helper.code_refused");
  // The filing first, as everywhere; then the offer again, as it may have been taken meanwhile.
  const filing = await Filing.findByPk(found.filingId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  const [row] = await work.query<HelperRow & { good: number }>(
    `SELECT ${COLUMNS}, expires_at > UTC_TIMESTAMP(3) AS good FROM filing_helper WHERE id = ? AND code_index = ? FOR UPDATE`,
    [found.id, codeIndex(vault, code)],
  );
  if (!filing || !row || !Number(row.good) || row.state !== "offered" || !EDITABLE.includes(filing.state))
    throw problem("helper.code_refused");
  if (String(filing.accountId) === work.actor.accountId) throw problem("helper.own_filing");
  await clearAttempts(work, attempts(vault, work.actor.accountId));
  const state = helperWorkflow.next(row.state, "join", work.actor.role);
  const until = new Date(work.at.getTime() + row.minutes * MINUTE_MS);
  await work.change(
    "UPDATE filing_helper SET state = ?, code_index = NULL, account_id = ?, live_of = filing_id, joined_at = ?, until_at = ? WHERE id = ?",
    [state, work.actor.accountId, work.at, until, row.id],
  );
  const helperId = String(row.id);
  await work.emit({ name: "filing.helper_joined", ...about(filing, helperId), accountId: work.actor.accountId });
  await work.emit({ name: "filing.helper_due", ...about(filing, helperId) }, { dueAt: until });
  return { filingId: String(filing.id), until };
}

/** Ends help at once: the one who files any, a helper their own. Throws `helper.not_found`, `workflow.wrong_state`. */
export async function endHelp(work: Work, filingId: string, helperId: string): Promise<void> {
  const { filing, help } = await holdWithHelp(work, filingId);
  const row = await holdHelper(work, filing.id, helperId);
  if (help && help.id !== String(row.id)) throw problem("helper.not_found");
  await finish(work, filing, row, "end", help ? "helper" : "owner");
}

/** The timer of one help: ends it where its time is over. */
export async function expireHelp(work: Work, filingId: string, helperId: string): Promise<void> {
  const filing = await Filing.findByPk(filingId, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!filing) return;
  const row = (await living(work, filing.id)).find(({ id }) => String(id) === helperId);
  if (row?.untilAt && row.untilAt <= work.at) await finish(work, filing, row, "expire", "time");
}

/** A filing that leaves the hands of the one who files leaves those of their helper too. */
export async function closeHelp(work: Work, filing: Filing): Promise<void> {
  for (const row of await living(work, filing.id)) await finish(work, filing, row, "close", "move");
}

/** A helper of a filing that is held. Throws `helper.not_found`. */
export async function holdHelper(work: Work, filingId: string, helperId: string): Promise<HelperRow> {
  const [row] = await work.query<HelperRow>(
    `SELECT ${COLUMNS} FROM filing_helper WHERE id = ? AND filing_id = ? FOR UPDATE`,
    [helperId, filingId],
  );
  if (!row) throw problem("helper.not_found");
  return row;
}

async function holdOwnDraft(work: Work, id: string): Promise<Filing> {
  const { filing, help } = await holdWithHelp(work, id);
  if (help) throw problem("filing.not_found");
  if (!EDITABLE.includes(filing.state)) throw problem("filing.not_editable");
  return filing;
}

/** Time that ran out before its timer rang. */
async function endOverdue(work: Work, filing: Filing): Promise<void> {
  const overdue = await work.query<HelperRow>(
    `SELECT ${COLUMNS} FROM filing_helper WHERE filing_id = ? AND state IN ('offered', 'active')
     AND COALESCE(until_at, expires_at) <= UTC_TIMESTAMP(3) FOR UPDATE`,
    [filing.id],
  );
  for (const row of overdue) await finish(work, filing, row, "expire", "time");
}

const living = (work: Work, filingId: string): Promise<HelperRow[]> =>
  work.query<HelperRow>(
    `SELECT ${COLUMNS} FROM filing_helper WHERE filing_id = ? AND state IN ('offered', 'active') FOR UPDATE`,
    [filingId],
  );

async function finish(
  work: Work,
  filing: Filing,
  row: HelperRow,
  action: "end" | "expire" | "close",
  by: "owner" | "helper" | "time" | "move",
): Promise<void> {
  const role = action === "expire" ? "system" : work.actor.role;
  const state = helperWorkflow.next(row.state, action, role);
  const endedBy = by === "owner" || by === "helper" ? work.actor.accountId : "0";
  await work.change(
    "UPDATE filing_helper SET state = ?, code_index = NULL, live_of = NULL, ended_at = ?, ended_by = ? WHERE id = ?",
    [state, work.at, endedBy, row.id],
  );
  await work.emit({ name: "filing.helper_ended", ...about(filing, String(row.id)), by });
}

const about = (filing: Filing, helperId: string) => ({
  about: `filing:${filing.id}`,
  courtCode: filing.courtCode,
  filingId: String(filing.id),
  helperId,
});
