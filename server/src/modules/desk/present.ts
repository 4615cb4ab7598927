import { type Actor, isStaff } from "#core/actor.ts";
import { courtDayOf, daysBetween } from "#core/period.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { briefsOf, listThrough, nameOfParty, PROCEDURES, SIDES, type Through } from "#modules/case/index.ts";
import { showSource } from "#modules/fee/index.ts";
import type { Means } from "#modules/module.ts";
import { labelOfChange, labelOfDocument } from "./kinds.ts";
import type { ChangeRow, DutyRow } from "./read.ts";
import { type Inputs, type RuleCode, ruleOf } from "./rules.ts";
import { obligationWorkflow } from "./workflow.ts";

/** Lines of the inbox, whose cases were found for this reader before. */
export async function presentChanges(
  { database, vault }: Pick<Means, "database" | "vault">,
  actor: Actor,
  rows: readonly ChangeRow[],
) {
  const cases = briefsOf(vault, rows);
  const assistants = rows.flatMap(({ acknowledgedBy }) => (acknowledgedBy === null ? [] : [String(acknowledgedBy)]));
  const [through, people] = await Promise.all([
    actor.ownRightOnly ? null : listThrough(database, vault, actor.accountId, [...cases.keys()]),
    assistants.length > 0 ? describeAccounts(assistants) : null,
  ]);
  return rows.map((row) => {
    const [kind = "", id = ""] = row.about.split(":");
    return {
      id: String(row.id),
      case: briefOf(cases, String(row.caseId)),
      kind: { code: row.kind, label: labelOfChange(row.kind) },
      about: { kind, id },
      title: row.title,
      at: row.at.toISOString(),
      acknowledged: Number(row.acknowledged) === 1,
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      acknowledgedBy: row.acknowledgedBy === null ? null : (people?.get(String(row.acknowledgedBy))?.displayName ?? ""),
      through: through?.get(String(row.caseId)) ?? null,
      obligation:
        row.obligationId === null || row.rule === null || row.obligationState === null
          ? null
          : {
              id: String(row.obligationId),
              rule: { code: row.rule, label: ruleOf(row.rule).label },
              todo: ruleOf(row.rule).todo,
              dueOn: row.dueOn ?? "",
              provisional: Number(row.provisional) === 1,
              state: obligationWorkflow.present(row.obligationState),
            },
    };
  });
}

/** Duties with all that led to their last day. */
export async function presentObligations(
  { database, vault, clock }: Pick<Means, "database" | "vault" | "clock">,
  actor: Actor,
  rows: readonly DutyRow[],
) {
  const cases = briefsOf(vault, rows);
  const through =
    isStaff(actor) || actor.ownRightOnly
      ? null
      : await listThrough(database, vault, actor.accountId, [...cases.keys()]);
  const today = courtDayOf(clock.now());
  return rows.map((row) => {
    const rule = ruleOf(row.rule);
    const [kind = "", id = ""] = row.source.split(":");
    return {
      id: String(row.id),
      case: briefOf(cases, String(row.caseId)),
      through: through?.get(String(row.caseId)) ?? null,
      party: {
        key: row.partyKey,
        sideLabel: SIDES[row.side ?? ""] ?? "",
        name: row.partyName === null ? "" : nameOfParty(vault, row.caseRef, row.partyName),
      },
      rule: { code: row.rule, label: rule.label },
      todo: rule.todo,
      late: rule.late,
      dueOn: row.dueOn,
      daysLeft: daysBetween(today, row.dueOn),
      nominalOn: row.nominalOn,
      previousOn: row.previousOn,
      provisional: Number(row.provisional) === 1,
      basis: row.basis,
      explanation: row.explanation,
      inputs: showInputs(row.rule, JSON.parse(row.inputs) as Inputs),
      calendarVersion: row.calendarVersion,
      rulesVersion: row.rulesVersion,
      source: { kind, id },
      state: obligationWorkflow.present(row.state),
      // Money is counted by the court's own books: nobody marks it as paid.
      moves: row.rule === "fee" || mayNot(through, row) ? [] : obligationWorkflow.open(row.state, actor.role),
      closedAt: row.closedAt?.toISOString() ?? null,
    };
  });
}

/** An assistant who may only look. */
const mayNot = (through: ReadonlyMap<string, Through> | null, { caseId }: DutyRow): boolean =>
  through?.get(String(caseId))?.rights.includes("mark") === false;

function showInputs(rule: RuleCode, inputs: Inputs): { label: string; value: string }[] {
  const { eventDate, documentKind, procedure, abroad, days, subject, years, fixed, contested } = inputs;
  const period = ruleOf(rule).period(inputs);
  const lines: (readonly [string, string | null | undefined | false])[] = [
    ["起算之日", eventDate],
    ["送达的文书", documentKind && labelOfDocument(documentKind)],
    ["期限", period],
    ["适用程序", procedure && PROCEDURES[procedure]],
    ["境内住所", abroad && "无（适用涉外期间）"],
    ["法院确定的天数", days !== undefined && `${days} 日`],
    ["费用", fixed && subject && showSource(subject).label],
    ["保全", years !== undefined && `${subject ?? ""}，${years} 年`],
    ["送达日期", contested && "有异议，正在审查"],
  ];
  return lines.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function briefOf(cases: ReturnType<typeof briefsOf>, id: string) {
  const found = cases.get(id);
  return { id, number: found?.number ?? "", title: found?.title ?? "", courtCode: found?.courtCode ?? "" };
}
