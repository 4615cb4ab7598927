import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { caseWorkflow, findCaseRow } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import type { SubmissionRow } from "./store.ts";

const BASIS = "民事诉讼法第一百四十八条；诉讼费用交纳办法第十五条";
const OF_STAFF =
  "撤回全部起诉的，请以撤诉办理结案；只撤回一部分的，案件继续审理。案件受理费减半收取：请在案件的“费用”中登记变更，事由选“撤诉”，多交的由此退还。";
const OF_PARTIES =
  "撤回全部起诉的，由法院办理结案，案件受理费减半收取，多交的由法院退还，不需要另外申请。以后可以就同一事项再次起诉。";

/**
 * What follows from a granted 撤诉申请: closing the case in one step, for whoever may close it; the half of the fee is staff's
 * own decision in the room of fees. Nothing is done by itself: only a person knows whether all or part was withdrawn.
 */
export async function nextStepOf({ database, clock }: Means, actor: Actor, row: SubmissionRow) {
  if (row.application !== "withdrawal" || row.state !== "granted") return null;
  if (!isStaff(actor)) return { text: OF_PARTIES, basis: BASIS, close: null };
  const courtCase = await findCaseRow(database, actor, row.caseId);
  const close = caseWorkflow.open(courtCase.state, actor.role).find(({ action }) => action === "close");
  const body = {
    action: "close" as const,
    outcome: "withdrawal" as const,
    closedOn: courtDayOf(clock.now()),
    note: "",
  };
  return {
    text: OF_STAFF,
    basis: BASIS,
    close: close ? { label: "以撤诉结案", path: `/cases/${row.caseId}/moves`, body } : null,
  };
}
