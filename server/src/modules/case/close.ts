import { courtDayOf } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { CourtCase } from "./model.ts";
import { problem } from "./problems.ts";
import { holdCaseFor, OUTCOMES, type Outcome } from "./store.ts";
import { writeCaseEvent } from "./timeline.ts";
import { type CaseState, caseWorkflow } from "./workflow.ts";

/** 结案: the day and the way a case ended; its time limit stops there. Throws `case.limit_future`, `case.limit_before`. */
export async function closeCase(
  work: Work,
  vault: Vault,
  caseId: string,
  { outcome, closedOn, note }: { outcome: Outcome; closedOn: string; note: string },
): Promise<CourtCase> {
  const row = await holdCaseFor(work, caseId);
  const state = caseWorkflow.next(row.state as CaseState, "close", work.actor.role);
  if (closedOn > courtDayOf(work.at)) throw problem("case.limit_future");
  if (closedOn < row.acceptedOn) throw problem("case.limit_before");
  await row.update({ state, outcome, closedOn }, { transaction: work.tx });
  await writeCaseEvent(work, vault, row, {
    kind: "closed",
    source: "closed",
    title: `结案：${OUTCOMES[outcome]}`,
    detail: note,
  });
  const event = { name: "case.closed", about: `case:${row.id}`, courtCode: row.courtCode } as const;
  await work.emit({ ...event, caseId: String(row.id), outcome, closedOn });
  return row;
}
