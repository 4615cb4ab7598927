import { courtDayOf } from "#core/period.ts";
import type { Work } from "#core/work.ts";
import { handlingFor } from "#modules/case/index.ts";
import { copyToHolders, factsOf, holdObligation } from "./obligations.ts";
import { problem } from "./problems.ts";
import { obligationWorkflow } from "./workflow.ts";

/** One who acts for the party, or was let mark its duties, says a duty is done (on paper, at the window), or takes that back. */
export async function markObligation(work: Work, id: string, action: "done" | "reopen"): Promise<void> {
  const one = await holdObligation(work, id);
  if (!one) throw problem("obligation.not_found");
  const isTheirs = (await handlingFor(work, one.caseId, "mark")).some(({ partyKey }) => partyKey === one.partyKey);
  if (!isTheirs) throw problem("obligation.not_found");
  if (one.rule === "fee") throw problem("obligation.wrong_state", { detail: "交费以法院核对的结果为准，不需要标记。" });
  // What the court itself has seen done is not undone by a word.
  if (action === "reopen" && !one.closedBy.startsWith("account:")) throw problem("obligation.wrong_state");
  const next = obligationWorkflow.next(one.state, action, work.actor.role);
  const state = next === "open" && one.dueOn < courtDayOf(work.at) ? "expired" : next;
  const isDone = state === "done";
  await work.change("UPDATE obligation SET state = ?, closed_by = ?, closed_at = ?, updated_at = ? WHERE id = ?", [
    state,
    isDone ? `account:${work.actor.accountId}` : "",
    isDone ? work.at : null,
    work.at,
    id,
  ]);
  await copyToHolders(work, id);
  await work.emit({ name: "obligation.marked", ...factsOf(one), state });
}
