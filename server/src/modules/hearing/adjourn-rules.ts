import type { Database } from "#core/database.ts";
import { addMonths, courtDayOf } from "#core/period.ts";
import type { CourtCase } from "#modules/case/index.ts";

/** 可以延期开庭的情形 (民事诉讼法§149). */
export const ADJOURN_REASONS = {
  absent: "必须到庭的当事人和其他诉讼参与人有正当理由没有到庭",
  recusal: "当事人临时提出回避申请",
  evidence: "需要通知新的证人到庭，调取新的证据，重新鉴定、勘验，或者需要补充调查",
  other: "其他应当延期的情形",
} as const;
export type AdjournReason = keyof typeof ADJOURN_REASONS;

/** How often a case may be put off (法释〔2019〕4号§3). */
export const mostPostponements = (procedure: string | null): number =>
  procedure === "summary" || procedure === "small" ? 1 : 2;

/** Two sittings lie a month apart at most (法释〔2019〕4号§5). */
export const isTooFar = (before: Date, after: Date): boolean => courtDayOf(after) > addMonths(courtDayOf(before), 1);

/** How often the trial of a case was put off, and how often a party had another time: both count together. */
export async function countPostponements({ read }: Pick<Database, "read">, caseId: string): Promise<number> {
  const [row] = await read<{ n: number }>(
    `SELECT COUNT(*) AS n FROM hearing WHERE case_id = ? AND kind = 'trial' AND state = 'adjourned'`,
    [caseId],
  );
  const [changed] = await read<{ n: number }>(
    `SELECT COUNT(DISTINCT n.id) AS n FROM hearing_negotiation n JOIN hearing h ON h.id = n.hearing_id
     WHERE h.case_id = ? AND n.purpose = 'change' AND n.state = 'agreed'`,
    [caseId],
  );
  return Number(row?.n ?? 0) + Number(changed?.n ?? 0);
}

export async function usedUp(
  database: Pick<Database, "read">,
  { id, trialProcedure }: Pick<CourtCase, "id" | "trialProcedure">,
): Promise<boolean> {
  return (await countPostponements(database, String(id))) >= mostPostponements(trialProcedure ?? null);
}
