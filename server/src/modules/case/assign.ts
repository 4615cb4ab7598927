import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { CaseEvent, type CourtCase } from "./model.ts";
import { problem } from "./problems.ts";
import { type Exchange, holdCaseFor, PROCEDURES, type TrialProcedure } from "./store.ts";
import { type CaseState, caseWorkflow } from "./workflow.ts";

export interface Assignment {
  readonly judgeId?: string | null | undefined;
  readonly panelIds?: readonly string[] | undefined;
  readonly clerkId?: string | null | undefined;
  readonly procedure?: TrialProcedure | undefined;
  readonly exchange?: Exchange | undefined;
}

/**
 * Settles who tries a case, who keeps its record, by which procedure, and how evidence is exchanged; what is left out stays.
 * The parties read it in the case's course (民诉法§131). Throws 422 `case.no_staff` for whoever does not work at this court.
 */
export async function assignCase(work: Work, vault: Vault, caseId: string, given: Assignment): Promise<CourtCase> {
  const row = await holdCaseFor(work, caseId);
  const state = caseWorkflow.next(row.state as CaseState, "assign", work.actor.role);
  const staff = await listStaffOf(row.courtCode, ["judge", "court_clerk"], work.tx);
  const nameOf = (id: string, role: "judge" | "court_clerk"): string => {
    const found = staff.find((one) => String(one.id) === id && one.role === role);
    if (!found) throw problem("case.no_staff");
    return found.name;
  };
  const lines: string[] = [];
  if (given.judgeId) lines.push(`承办法官 ${nameOf(given.judgeId, "judge")}`);
  const panel = (given.panelIds ?? []).map((id) => nameOf(id, "judge"));
  if (panel.length > 0) lines.push(`合议庭成员 ${panel.join("、")}`);
  if (given.clerkId) lines.push(`书记员 ${nameOf(given.clerkId, "court_clerk")}`);
  if (given.procedure) lines.push(`适用${PROCEDURES[given.procedure]}`);
  if (given.exchange) lines.push(given.exchange === "asynchronous" ? "证据交换非同步进行" : "证据交换同步进行");
  await row.update(
    {
      state,
      ...(given.judgeId === undefined ? {} : { judgeId: given.judgeId }),
      ...(given.panelIds === undefined ? {} : { panelIds: given.panelIds.join(",") }),
      ...(given.clerkId === undefined ? {} : { courtClerkId: given.clerkId }),
      ...(given.procedure === undefined ? {} : { trialProcedure: given.procedure }),
      ...(given.exchange === undefined ? {} : { exchange: given.exchange }),
    },
    { transaction: work.tx },
  );
  const about = `case:${row.id}`;
  await CaseEvent.create(
    {
      caseId: String(row.id),
      kind: "assigned",
      source: `assigned:${work.at.getTime()}`,
      title: "确定审判人员和程序",
      detail: vault.seal(lines.join("，"), `case ${row.sealRef}`),
      at: work.at,
    },
    { transaction: work.tx },
  );
  await work.emit({ name: "case.assigned", about, courtCode: row.courtCode, caseId: String(row.id) });
  return row;
}
