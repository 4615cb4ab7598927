import { addDays, addPeriod, courtDayOf } from "#core/period.ts";
import { computeDeadline, courtCalendar, deadlineRule } from "#modules/reference/index.ts";
import { type Inputs, type RuleCode, ruleOf } from "./rules.ts";

/** A last day and how it came about. */
export interface Worked {
  readonly dueOn: string;
  readonly nominalOn: string;
  readonly provisional: boolean;
  readonly basis: string;
  readonly explanation: string;
}

const DISPUTED = "送达日期正在审查，审查结果出来以前请按这一天办理。";
const RENEWAL_DAYS = 7;

/** When a duty ends, by its rule and its inputs; null where none runs (小额诉讼 knows no appeal). Pure. */
export function work(rule: RuleCode, inputs: Inputs): Worked | null {
  const worked =
    rule === "attend"
      ? attendance(inputs)
      : rule === "preservation_renewal"
        ? renewal(inputs)
        : inputs.fixed
          ? given(inputs)
          : counted(rule, inputs);
  if (worked === null || !inputs.contested) return worked;
  return { ...worked, provisional: true, explanation: `${worked.explanation}${DISPUTED}` };
}

function counted(rule: RuleCode, inputs: Inputs): Worked | null {
  const name = ruleOf(rule).period(inputs);
  if (name === null) return null;
  const isForeignObjection = rule === "jurisdiction_objection" && inputs.abroad === true;
  const days = inputs.days ?? (isForeignObjection ? 30 : undefined);
  const found = computeDeadline({
    rule: name,
    eventDate: inputs.eventDate,
    ...(days === undefined ? {} : { unit: "day" as const, amount: days }),
  });
  // Before the court has said its own, the law's bound is all there is.
  const isGuess = rule === "evidence" && inputs.days === undefined;
  const after = isGuess ? "法院尚未登记本案的举证期限，暂按法定天数计算，请以举证通知书写明的为准。" : "";
  return {
    dueOn: found.lastDay,
    nominalOn: found.nominalLastDay,
    provisional: found.provisional || isGuess,
    basis: isForeignObjection ? `${found.basis}；民事诉讼法§285` : found.basis,
    explanation: `${found.explanation}${after}`,
  };
}

/** The fee room has worked it out, with what it knows of deferment; where the days of the law give the same, they explain it. */
function given({ eventDate, fixed }: Inputs): Worked | null {
  if (!fixed) return null;
  const found = fixed.period === null ? null : computeDeadline({ rule: fixed.period, eventDate });
  const isByLaw = found?.lastDay === fixed.dueOn;
  return {
    dueOn: fixed.dueOn,
    nominalOn: fixed.nominalOn,
    provisional: fixed.provisional,
    basis: (isByLaw ? found?.basis : null) ?? "诉讼费用交纳办法§22",
    explanation: isByLaw && found ? found.explanation : `法院确定的交费期限，最后一日是 ${fixed.dueOn}。`,
  };
}

/** The day of the sitting itself: what was summoned to, not a period that is counted. */
function attendance({ sitting }: Inputs): Worked | null {
  if (!sitting) return null;
  const dueOn = courtDayOf(new Date(sitting.startsAt));
  return {
    dueOn,
    nominalOn: dueOn,
    provisional: false,
    basis: "民事诉讼法§139",
    explanation: `法院通知于 ${sitting.words} 开庭。这是确定的时间，不是期间，不因休假日顺延；改期、延期、取消的，法院会另行通知，这一项随之变更。`,
  };
}

/** Asked for seven days before it runs out (财产保全规定§18); a day of rest does not put it off. */
function renewal({ eventDate, years = 1, subject = "" }: Inputs): Worked {
  const { lastDay } = addPeriod(courtCalendar, eventDate, { unit: "year", amount: years, roll: false });
  const dueOn = addDays(lastDay, -RENEWAL_DAYS);
  return {
    dueOn,
    nominalOn: dueOn,
    provisional: false,
    basis: "民诉法解释§485；财产保全规定（法释〔2016〕22号）§18",
    explanation: `${subject}自 ${eventDate} 起 ${years} 年，到 ${lastDay} 届满；续行申请须在届满七日前提出，最晚 ${dueOn}，不因休假日顺延。`,
  };
}

/** Whether a name stands in the table of periods: asked when the rules are tested. */
export const isPeriod = (name: string): boolean => deadlineRule(name) !== undefined;
