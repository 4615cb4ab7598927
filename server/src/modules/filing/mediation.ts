import type { Database } from "#core/database.ts";
import { addDays, addPeriod, courtDayOf, daysBetween } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { courtCalendar } from "#modules/reference/index.ts";
import { endOfDay, stopClock } from "./clock.ts";
import { type Held, holdForDecision, resumeFiling } from "./decide.ts";
import { mediationResult } from "./documents.ts";
import type { Filing } from "./model.ts";
import { keepDocument, moveFiling } from "./move.ts";
import { problem } from "./problems.ts";
import { writeClock } from "./run-clock.ts";
import { sealText } from "./store.ts";

export const MEDIATION_STATES = {
  running: "调解中",
  settled: "调解成功",
  failed: "调解未成",
  expired: "期满未成",
  withdrawn: "申请人撤回",
} as const;
export type MediationState = keyof typeof MEDIATION_STATES;

/** All extensions together: as long again as the law gives at first. */
const MOST_EXTENDED_DAYS = 30;

export interface Mediation {
  readonly id: string;
  readonly filingId: string;
  readonly courtCode: string;
  readonly state: MediationState;
  readonly startedOn: string;
  readonly firstDueOn: string;
  readonly dueOn: string;
  readonly confirmation: boolean;
  readonly endedOn: string | null;
}
const COLUMNS = `id, filing_id AS filingId, court_code AS courtCode, state, DATE_FORMAT(started_on, '%Y-%m-%d') AS startedOn,
  DATE_FORMAT(first_due_on, '%Y-%m-%d') AS firstDueOn, DATE_FORMAT(due_on, '%Y-%m-%d') AS dueOn, confirmation,
  DATE_FORMAT(ended_on, '%Y-%m-%d') AS endedOn`;

export async function beginMediation(work: Work, filing: Filing, dueOn: string): Promise<void> {
  await work.change(
    `INSERT INTO filing_mediation (filing_id, round, court_code, started_on, first_due_on, due_on, state) VALUES (?, ?, ?, ?, ?, ?, 'running')
     ON DUPLICATE KEY UPDATE state = 'running', due_on = VALUES(due_on), ended_on = NULL`,
    [filing.id, filing.round, filing.courtCode, courtDayOf(work.at), dueOn, dueOn],
  );
}

/** The end that came by itself, or with the filing: notes it where a mediation still runs. */
export async function closeMediation(work: Work, filingId: string, state: MediationState): Promise<void> {
  await work.change("UPDATE filing_mediation SET state = ?, ended_on = ? WHERE filing_id = ? AND state = 'running'", [
    state,
    courtDayOf(work.at),
    filingId,
  ]);
}

/** By when the running mediation of a filing ends; null where none runs. */
export async function mediationEnd(work: Work, filingId: string): Promise<string | null> {
  const [row] = await work.query<{ dueOn: string }>(
    "SELECT DATE_FORMAT(due_on, '%Y-%m-%d') AS dueOn FROM filing_mediation WHERE filing_id = ? AND state = 'running' FOR UPDATE",
    [filingId],
  );
  return row?.dueOn ?? null;
}

/** Mediations of a court, the ones that end soonest first; what is over, the newest first. One row more than `limit`. */
export function listMediations(
  database: Pick<Database, "read">,
  courtCode: string,
  { state, after, limit }: { state: MediationState; after: string | undefined; limit: number },
): Promise<Mediation[]> {
  const running = state === "running";
  const [dueOn, id] = after?.split("_") ?? [];
  const order = running ? ">" : "<";
  return database.read<Mediation>(
    `SELECT ${COLUMNS} FROM filing_mediation WHERE court_code = ? AND state = ?
     ${after ? `AND (due_on ${order} ? OR (due_on = ? AND id ${order} ?))` : ""}
     ORDER BY due_on ${running ? "" : "DESC"}, id ${running ? "" : "DESC"} LIMIT ${Number(limit) + 1}`,
    [courtCode, state, ...(after ? [dueOn ?? "", dueOn ?? "", id ?? ""] : [])],
  );
}

/** A mediation of the actor's court; throws `mediation.not_found`. */
export async function findMediation(
  database: Pick<Database, "read">,
  courtCode: string | null,
  id: string,
): Promise<Mediation> {
  const [row] = await database.read<Mediation>(
    `SELECT ${COLUMNS} FROM filing_mediation WHERE id = ? AND court_code = ?`,
    [id, courtCode],
  );
  if (!row) throw problem("mediation.not_found");
  return row;
}

/** 延长: only where both sides agree, and on record (在线调解规则§24). Throws `mediation.consent`, `mediation.too_long`. */
export async function extendMediation(
  work: Work,
  means: Means,
  id: string,
  { until, note, consents }: { until: string; note: string; consents: { plaintiff: boolean; defendant: boolean } },
): Promise<void> {
  const { mediation, held } = await hold(work, means, id);
  if (!consents.plaintiff || !consents.defendant) throw problem("mediation.consent");
  const latest = addDays(mediation.firstDueOn, MOST_EXTENDED_DAYS);
  if (until <= mediation.dueOn || daysBetween(until, latest) < 0)
    throw problem("mediation.too_long", {
      detail: `请选择 ${addDays(mediation.dueOn, 1)} 至 ${latest} 之间的日期。`,
      errors: [{ pointer: "/until", code: "days", message: `须在 ${addDays(mediation.dueOn, 1)} 至 ${latest} 之间` }],
    });
  await work.change("UPDATE filing_mediation SET due_on = ? WHERE id = ?", [until, id]);
  await moveFiling(work, means, held.filing, "extend_mediation", {
    note: `双方同意，调解延长至 ${until}${note ? `：${note}` : ""}`,
  });
  await work.emit(
    {
      name: "filing.mediation_due",
      about: `filing:${held.filing.id}`,
      courtCode: held.filing.courtCode,
      filingId: held.filing.id,
      round: held.filing.round,
    },
    { dueAt: endOfDay(until) },
  );
}

/**
 * 调解结果. Settled: the filing ends without a case; where the parties want the court's confirmation, they ask for it together
 * within thirty days of the agreement (民诉法§205). Failed: it returns to the queue and the review runs on.
 */
export async function concludeMediation(
  work: Work,
  means: Means,
  id: string,
  outcome: { state: "settled" | "failed"; note: string; confirmation: boolean },
): Promise<void> {
  const { held } = await hold(work, means, id);
  const { filing, facts } = held;
  const note = outcome.note ? sealText(means.vault, filing, outcome.note) : null;
  await work.change("UPDATE filing_mediation SET state = ?, ended_on = ?, confirmation = ?, note = ? WHERE id = ?", [
    outcome.state,
    facts.today,
    outcome.confirmation,
    note,
    id,
  ]);
  if (outcome.state === "failed") {
    await resumeFiling(work, means, filing.id, outcome.note || "调解未成，恢复审查");
    return;
  }
  const confirmBy = outcome.confirmation
    ? addPeriod(courtCalendar, facts.today, { unit: "day", amount: 30, roll: true }).lastDay
    : null;
  await writeClock(work, filing, stopClock(facts.today, "诉前调解成功，期限终止"));
  await keepDocument(work, means, filing, mediationResult(facts, outcome.note, confirmBy));
  await moveFiling(work, means, filing, "settle", {
    note: confirmBy ? `诉前调解成功，可于 ${confirmBy} 前共同申请司法确认` : "诉前调解成功",
  });
}

async function hold(work: Work, means: Means, id: string): Promise<{ mediation: Mediation; held: Held }> {
  const found = await findMediation({ read: work.query }, work.actor.courtCode, id);
  const held = await holdForDecision(work, means, String(found.filingId));
  const mediation = await findMediation({ read: work.query }, work.actor.courtCode, id);
  if (mediation.state !== "running")
    throw problem("mediation.over", { detail: `该调解已办结：${MEDIATION_STATES[mediation.state]}。请刷新后查看。` });
  return { mediation, held };
}
