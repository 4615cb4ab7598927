import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { courtDayOf } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import {
  DEDUCTIONS,
  type DeductionKind,
  type Procedure,
  type TrialClock,
  type TrialLimitView,
  trialLimit,
} from "#modules/reference/index.ts";
import { CaseLimitEvent } from "./limit-model.ts";
import { problem } from "./problems.ts";
import { type CaseRow, holdCaseFor } from "./store.ts";
import { writeCaseEvent } from "./timeline.ts";

/** What lengthens a limit, or stops it. */
export type LimitMove =
  | {
      readonly action: "extend";
      readonly by: "president" | "higher_court";
      readonly amount: number;
      readonly approvedOn: string;
      readonly note: string;
    }
  | {
      readonly action: "deduct";
      readonly kind: DeductionKind;
      readonly from: string;
      readonly to?: string | undefined;
      readonly note: string;
    }
  | { readonly action: "resume"; readonly to: string; readonly note: string };

interface LimitRow {
  readonly kind: "extend" | "deduct";
  readonly approver: "president" | "higher_court" | null;
  readonly amount: number | null;
  readonly deduction: DeductionKind | null;
  readonly fromOn: string;
  readonly toOn: string | null;
}
type Limited = Pick<CaseRow, "id" | "caseTypeCode" | "trialProcedure" | "acceptedOn" | "closedOn">;

export interface CaseLimit extends TrialLimitView {
  /** Since when a deduction without an end goes on, or null. */
  readonly stoppedSince: string | null;
}

/** The clock of a case, or null for a kind of case that the law sets no such time for. */
export async function readLimit(
  database: Pick<Database, "read">,
  row: Limited,
  today: string,
): Promise<CaseLimit | null> {
  const procedure = procedureOf(row);
  if (procedure === null) return null;
  const events = await eventsOf(database, row.id);
  const open = events.find(({ kind, toOn }) => kind === "deduct" && toOn === null);
  return { ...trialLimit(clockOf(row, procedure, events), today), stoppedSince: open?.fromOn ?? null };
}

/**
 * Records what lengthens the limit of a case or is not counted, and tells the parties (法释〔2019〕4号§7: open to them). What the
 * law does not allow is refused by the clock itself. Throws `case.no_limit`, `case.limit_future`, `case.limit_open`,
 * `case.limit_not_open`, `trial.*`.
 */
export async function moveLimit(work: Work, vault: Vault, caseId: string, move: LimitMove): Promise<void> {
  const row = await holdCaseFor(work, caseId);
  const procedure = procedureOf(row as unknown as Limited);
  if (procedure === null) throw problem("case.no_limit");
  if (row.closedOn) throw problem("case.closed");
  const today = courtDayOf(work.at);
  const days = move.action === "extend" ? [move.approvedOn] : move.action === "resume" ? [move.to] : [move.from];
  if (days.some((day) => day > today)) throw problem("case.limit_future");
  if (days.some((day) => day < row.acceptedOn)) throw problem("case.limit_before");
  const open = await CaseLimitEvent.findOne({
    where: { caseId, kind: "deduct", toOn: null },
    transaction: work.tx,
  });
  const record = { caseId, accountId: work.actor.accountId, note: move.note, at: work.at };
  if (move.action === "resume") {
    if (!open) throw problem("case.limit_not_open");
    await open.update({ toOn: move.to }, { transaction: work.tx });
  } else if (move.action === "deduct") {
    if (open && move.to === undefined) throw problem("case.limit_open");
    await CaseLimitEvent.create(
      { ...record, kind: "deduct", deduction: move.kind, fromOn: move.from, toOn: move.to ?? null },
      { transaction: work.tx },
    );
  } else {
    await CaseLimitEvent.create(
      { ...record, kind: "extend", approver: move.by, amount: move.amount, fromOn: move.approvedOn, toOn: null },
      { transaction: work.tx },
    );
  }
  // The clock reads what now stands, and refuses what the law does not allow: then nothing of it is kept.
  const read = { read: work.query } as Pick<Database, "read">;
  const { lastDay } = trialLimit(clockOf(row as unknown as Limited, procedure, await eventsOf(read, caseId)), today);
  await writeCaseEvent(
    work,
    vault,
    { id: caseId, sealRef: row.sealRef },
    {
      kind: "limit",
      source: `limit:${work.at.getTime()}`,
      title: titleOf(move),
      detail: `${move.note ? `${move.note}。` : ""}审理期限至 ${lastDay}`,
    },
  );
  await work.emit({
    name: "case.limit_changed",
    about: `case:${caseId}`,
    courtCode: row.courtCode,
    caseId,
    lastDay,
  });
}

const titleOf = (move: LimitMove): string => {
  if (move.action === "extend")
    return move.by === "president" ? "本院院长批准延长审理期限" : "上级法院批准延长审理期限";
  if (move.action === "resume") return "扣除审理期限的情形消除，继续计算";
  return `扣除审理期限：${DEDUCTIONS[move.kind].label}`;
};

/** Which clock a case runs by: its kind of case, then the procedure that was settled. Unsettled first instance is ordinary. */
const BY_CASE_TYPE: Readonly<Record<string, Procedure>> = {
  "0301": "ordinary",
  "0302": "appeal_judgment",
  "0310": "special",
  "0401": "admin_first",
  "0402": "admin_second",
  "0409": "admin_enforcement_review",
  "1002": "enforcement",
  "1003": "enforcement",
};
function procedureOf({ caseTypeCode, trialProcedure }: Limited): Procedure | null {
  const kind = BY_CASE_TYPE[caseTypeCode] ?? null;
  if (kind === "ordinary" && trialProcedure) return trialProcedure;
  if (kind === "admin_first" && trialProcedure === "summary") return "admin_summary";
  return kind;
}

const clockOf = (row: Limited, procedure: Procedure, events: readonly LimitRow[]): TrialClock => ({
  procedure,
  acceptedOn: row.acceptedOn,
  extensions: events
    .filter(({ kind }) => kind === "extend")
    .map(({ approver, amount, fromOn }) => ({
      by: approver ?? "president",
      amount: amount ?? 0,
      approvedOn: fromOn,
    })),
  deductions: events
    .filter(({ kind }) => kind === "deduct")
    .map(({ deduction, fromOn, toOn }) => ({ kind: deduction ?? "stay", from: fromOn, to: toOn })),
  closedOn: row.closedOn,
});

const eventsOf = (database: Pick<Database, "read">, caseId: string): Promise<LimitRow[]> =>
  database.read<LimitRow>(
    `SELECT kind, approver, amount, deduction, DATE_FORMAT(from_on, '%Y-%m-%d') AS fromOn, DATE_FORMAT(to_on, '%Y-%m-%d') AS toOn
     FROM case_limit_event WHERE case_id = ? ORDER BY id`,
    [caseId],
  );

const MOVES = { extend: "登记延长", deduct: "登记扣除", resume: "恢复计算" } as const;

/** What this reader may record now. */
export function limitMoves(actor: Actor, { state, mayExtend, stoppedSince }: CaseLimit) {
  const fits = { extend: mayExtend !== null, deduct: stoppedSince === null, resume: stoppedSince !== null };
  return (["extend", "deduct", "resume"] as const)
    .filter((action) => state !== "closed" && fits[action] && mayMoveLimit(actor, action))
    .map((action) => ({ action, label: MOVES[action] }));
}

/** Who may record what: extensions are recorded by those who answer for the court's time. */
export function mayMoveLimit(actor: Actor, action: LimitMove["action"]): boolean {
  return action === "extend"
    ? actor.role === "supervisor"
    : ["judge", "court_clerk", "supervisor"].includes(actor.role);
}
