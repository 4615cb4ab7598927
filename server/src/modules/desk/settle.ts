import type { FieldError } from "#core/problem.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { holdCaseFor, sidesInCase, type TrialProcedure, writeCaseEvent } from "#modules/case/index.ts";
import { type CasePeriods, findPeriods } from "./periods.ts";
import { problem } from "./problems.ts";
import { barredDays } from "./rules.ts";

const SMALL_ANSWER_DAYS = 15;
const NO_REASON: FieldError = { pointer: "/reason", code: "required", message: "请写明改动的理由" };

export interface Settling extends Omit<CasePeriods, "version"> {
  readonly reason: string;
}

/**
 * Writes down what the periods of a case depend on, and why that was changed; all of them are worked out anew on being told.
 * Throws 412 `period.stale`, 422 `period.no_reason`, `period.barred`, `period.no_party`.
 */
export async function settlePeriods(
  work: Work,
  vault: Vault,
  caseId: string,
  given: Settling,
  version: number,
): Promise<CasePeriods> {
  const courtCase = await holdCaseFor(work, caseId);
  const known = await findPeriods(work, caseId);
  if (known.version !== version) throw problem("period.stale");
  const isChange = known.version > 0;
  if (isChange && given.reason === "") throw problem("period.no_reason", { errors: [NO_REASON] });
  const procedure = (courtCase.trialProcedure ?? null) as TrialProcedure | null;
  const sides = await sidesInCase(work, caseId);
  const named = [...given.abroad, ...given.entitled, ...given.preservations.map(({ partyKey }) => partyKey)];
  if (named.some((key) => !sides.has(key))) throw problem("period.no_party");
  const errors = faultsOf(given, procedure);
  if (errors.length > 0) throw problem("period.barred", { errors });
  const values = [
    given.evidenceDays,
    given.answerDays,
    given.abroad.join(","),
    given.effectiveOn,
    given.performBy,
    given.entitled.join(","),
    JSON.stringify(given.preservations),
    work.actor.accountId,
    work.at,
  ];
  await work.change(
    `INSERT INTO case_period (case_id, court_code, evidence_days, answer_days, abroad, effective_on, perform_by, entitled, preservations,
       set_by, set_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
     ON DUPLICATE KEY UPDATE evidence_days = VALUES(evidence_days), answer_days = VALUES(answer_days), abroad = VALUES(abroad),
       effective_on = VALUES(effective_on), perform_by = VALUES(perform_by), entitled = VALUES(entitled),
       preservations = VALUES(preservations), set_by = VALUES(set_by), set_at = VALUES(set_at), version = version + 1`,
    [caseId, courtCase.courtCode, ...values],
  );
  await writeCaseEvent(work, vault, courtCase, {
    kind: "period",
    source: `period:${known.version + 1}`,
    title: isChange ? "法院变更本案的期间事项" : "法院登记本案的期间事项",
    detail: given.reason,
  });
  await work.emit({ name: "period.set", about: `case:${caseId}`, courtCode: courtCase.courtCode, caseId });
  return findPeriods(work, caseId);
}

function faultsOf(given: Settling, procedure: TrialProcedure | null): FieldError[] {
  const errors: FieldError[] = [];
  const barred = given.evidenceDays === null ? null : barredDays(procedure, given.evidenceDays);
  if (barred) errors.push({ pointer: "/evidenceDays", code: "barred", message: barred });
  if (given.answerDays !== null && (procedure !== "small" || given.answerDays > SMALL_ANSWER_DAYS))
    errors.push({
      pointer: "/answerDays",
      code: "barred",
      message: "只有小额诉讼可以在征得被告同意的基础上确定不超过十五日的答辩期（民诉法解释第二百七十五条）",
    });
  if (given.performBy !== null && given.effectiveOn === null)
    errors.push({ pointer: "/effectiveOn", code: "required", message: "请先登记裁判生效之日" });
  const keys = given.preservations.map(({ key }) => key);
  if (new Set(keys).size !== keys.length)
    errors.push({ pointer: "/preservations", code: "repeated", message: "保全措施的编号重复，请检查" });
  return errors;
}
