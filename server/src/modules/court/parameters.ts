import { courtDayOf } from "#core/period.ts";
import type { FieldError } from "#core/problem.ts";
import { feeBounds } from "./data.ts";
import { directory, nowOfDirectory } from "./directory.ts";
import type { StoredParameter } from "./store.ts";

/** 办法 says nothing of rounding: local practice differs (fen; whole yuan, halves up; whole yuan, fen dropped). */
export const ROUNDINGS = ["fen", "yuan_half_up", "yuan_floor"] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/** As what kind of procedure the fee is asked for on acceptance: the full fee, or half of it as for summary procedure. */
export const PREPAID_AS = ["ordinary", "summary"] as const;
export type PrepaidAs = (typeof PREPAID_AS)[number];

/** What one court has settled within the bounds of the law; every field has a value. */
export interface CourtParameterValues {
  readonly divorceBaseFen: number;
  readonly personalityBaseFen: number;
  readonly otherNonPropertyFen: number;
  readonly ipNoAmountFen: number;
  readonly jurisdictionObjectionFen: number;
  readonly executionNoAmountFen: number;
  readonly maritimeLimitationFundFen: number;
  readonly maritimeInjunctionFen: number;
  readonly maritimeLienNoticeFen: number;
  readonly rounding: Rounding;
  readonly feePrepaidAs: PrepaidAs;
  /** Whether the seven days of review, when they end on a day of rest, end on the first day after it. */
  readonly reviewRollsOverRestDays: boolean;
  /** Days given to mend a complaint, where the clerk names none. */
  readonly correctionDays: number;
  /** How many filings one intake clerk may hold at once. */
  readonly claimsPerClerk: number;
  /** 联系法官: working days in which a message is answered. */
  readonly contactReplyDays: number;
  /** 联系法官: working days from one rung of the ladder to the next. */
  readonly contactLadderDays: number;
  /** 联系法官: working days of silence after which a thread closes, and in which it may be taken up again. */
  readonly contactReopenDays: number;
  /** Whether whoever takes part in a case asks before reading what the other side and the court put into its dossier. */
  readonly dossierNeedsApproval: boolean;
  /** Hours in which a request to read is decided. */
  readonly dossierDecideHours: number;
  /** Hours for which reading is granted, where the court says nothing else. */
  readonly dossierReadingHours: number;
  /** When the court sits, Shanghai time: `09:00-12:00,14:00-17:30`. */
  readonly hearingHours: string;
  /** 远程接访: working days in which a request is given a time, an answer or the right court. */
  readonly receptionReplyDays: number;
  /** 远程接访: days between telling somebody of their time and the reception. */
  readonly receptionNoticeDays: number;
  /** 远程接访: days in which who was heard is answered. */
  readonly receptionAnswerDays: number;
  /** 本省上年度就业人员年平均工资, for 小额诉讼 (民诉法§165); null until the court has set it. */
  readonly averageWageFen: number | null;
}
export type ParameterField = keyof CourtParameterValues;
type Value = string | number | boolean | null;

export interface ParameterRule {
  readonly field: ParameterField;
  /** As stored in `court_parameter.name`. */
  readonly name: string;
  readonly label: string;
  readonly unit: "fen" | "days" | "count" | "choice" | "flag" | "hours";
  readonly neutral: Value;
  readonly min?: number;
  readonly max?: number;
  readonly choices?: readonly string[];
  readonly basis: string;
}

const fee = (field: ParameterField, name: string, key: string): ParameterRule => {
  const bounds = feeBounds[key];
  if (!bounds) throw new Error(`fees.json has no parameter ${key}`);
  const { label, basis, min, max, default: neutral } = bounds;
  return { field, name, label, unit: "fen", neutral: neutral * 100, min: min * 100, max: max * 100, basis };
};

export const PARAMETERS: readonly ParameterRule[] = [
  fee("divorceBaseFen", "divorce_base", "divorceBase"),
  fee("personalityBaseFen", "personality_base", "personalityBase"),
  fee("otherNonPropertyFen", "other_nonprop", "otherNonProperty"),
  fee("ipNoAmountFen", "ip_noamount", "ipNoAmount"),
  fee("jurisdictionObjectionFen", "jurisdiction_objection", "jurisdictionObjection"),
  fee("executionNoAmountFen", "exec_noamount", "executionNoAmount"),
  fee("maritimeLimitationFundFen", "maritime_limitation_fund", "maritimeLimitationFund"),
  fee("maritimeInjunctionFen", "maritime_injunction", "maritimeInjunction"),
  fee("maritimeLienNoticeFen", "maritime_lien_notice", "maritimeLienNotice"),
  {
    field: "rounding",
    name: "rounding",
    label: "诉讼费用取整",
    unit: "choice",
    neutral: "fen",
    choices: ROUNDINGS,
    basis: "诉讼费用交纳办法未作规定，由法院确定",
  },
  {
    field: "feePrepaidAs",
    name: "fee_prepaid_as",
    label: "立案时预交案件受理费的标准",
    unit: "choice",
    neutral: "ordinary",
    choices: PREPAID_AS,
    basis: "诉讼费用交纳办法§16，民诉法解释§199",
  },
  {
    field: "reviewRollsOverRestDays",
    name: "review_rolls_over_rest_days",
    label: "立案审查期限届满日遇节假日顺延",
    unit: "flag",
    neutral: true,
    basis: "民事诉讼法§85",
  },
  {
    field: "correctionDays",
    name: "correction_days",
    label: "补正期限（日）",
    unit: "days",
    neutral: 15,
    min: 1,
    max: 30,
    basis: "登记立案规定§7（指定期限）",
  },
  {
    field: "claimsPerClerk",
    name: "claims_per_clerk",
    label: "立案人员同时在手件数上限",
    unit: "count",
    neutral: 20,
    min: 1,
    max: 200,
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "contactReplyDays",
    name: "contact_reply_days",
    label: "联系法官的答复期限（工作日）",
    unit: "days",
    neutral: 3,
    min: 1,
    max: 15,
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "contactLadderDays",
    name: "contact_ladder_days",
    label: "联系法官逾期未答复时逐级提醒的间隔（工作日）",
    unit: "days",
    neutral: 1,
    min: 1,
    max: 10,
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "contactReopenDays",
    name: "contact_reopen_days",
    label: "联系法官答复后自动结束、结束后可以继续留言的天数（工作日）",
    unit: "days",
    neutral: 10,
    min: 3,
    max: 60,
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "dossierNeedsApproval",
    name: "dossier_needs_approval",
    label: "网上阅卷须经审批",
    unit: "flag",
    neutral: false,
    basis: "诉讼代理人查阅民事案件材料的规定，由法院确定",
  },
  {
    field: "dossierDecideHours",
    name: "dossier_decide_hours",
    label: "阅卷申请答复时限（小时）",
    unit: "count",
    neutral: 24,
    min: 1,
    max: 240,
    basis: "审核时限无全国统一规定，由法院确定",
  },
  {
    field: "dossierReadingHours",
    name: "dossier_reading_hours",
    label: "批准阅卷后可阅卷的时间（小时）",
    unit: "count",
    neutral: 72,
    min: 1,
    max: 2160,
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "hearingHours",
    name: "hearing_hours",
    label: "开庭时间（北京时间）",
    unit: "hours",
    neutral: "09:00-12:00,14:00-17:30",
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "receptionReplyDays",
    name: "reception_reply_days",
    label: "远程接访申请的办理期限（工作日）",
    unit: "days",
    neutral: 5,
    min: 1,
    max: 10,
    basis: "信访工作条例§22、§23（十五日内），由法院确定",
  },
  {
    field: "receptionNoticeDays",
    name: "reception_notice_days",
    label: "远程接访提前通知来访人的天数",
    unit: "days",
    neutral: 1,
    min: 0,
    max: 15,
    basis: "法院内部管理事项，由法院确定",
  },
  {
    field: "receptionAnswerDays",
    name: "reception_answer_days",
    label: "远程接访后答复的期限（日）",
    unit: "days",
    neutral: 60,
    min: 1,
    max: 60,
    basis: "信访工作条例§34",
  },
  // No bound of law: wide limits catch an amount typed in the wrong unit.
  {
    field: "averageWageFen",
    name: "average_wage",
    label: "本省上年度就业人员年平均工资",
    unit: "fen",
    neutral: null,
    min: 1_000_000,
    max: 100_000_000,
    basis: "民事诉讼法§165，民诉法解释§272",
  },
];

const ruleOf = new Map<string, ParameterRule>(PARAMETERS.map((rule) => [rule.field, rule]));

/** What applies in a court on a day (today where left out); what the court has not set is the neutral value. */
export async function courtParameters(
  courtCode: string,
  on: string = courtDayOf(nowOfDirectory()),
): Promise<CourtParameterValues> {
  return valuesOn((await directory()).parameters.get(courtCode) ?? [], on);
}

/** What the court has settled for the fee calculators, by their names. */
export async function feeParametersOf(courtCode: string, on?: string) {
  const set = await courtParameters(courtCode, on);
  return {
    divorceBase: set.divorceBaseFen,
    personalityBase: set.personalityBaseFen,
    otherNonProperty: set.otherNonPropertyFen,
    ipNoAmount: set.ipNoAmountFen,
    jurisdictionObjection: set.jurisdictionObjectionFen,
    executionNoAmount: set.executionNoAmountFen,
    rounding: set.rounding,
  };
}

export function valuesOn(stored: readonly StoredParameter[], on: string): CourtParameterValues {
  return Object.fromEntries(
    PARAMETERS.map((rule) => [rule.field, readValue(rule, inForce(stored, rule, on)?.value)]),
  ) as unknown as CourtParameterValues;
}

/** The latest setting that has begun by the day. */
export function inForce(
  stored: readonly StoredParameter[],
  rule: ParameterRule,
  on: string,
): StoredParameter | undefined {
  let found: StoredParameter | undefined;
  for (const one of stored)
    if (one.name === rule.name && one.validFrom <= on && (!found || one.validFrom > found.validFrom)) found = one;
  return found;
}

export function readValue({ unit, neutral }: ParameterRule, stored: string | undefined): Value {
  if (stored === undefined) return neutral;
  if (unit === "flag") return stored === "1";
  return unit === "choice" || unit === "hours" ? stored : Number(stored);
}

export function writeValue(value: Value): string {
  return typeof value === "boolean" ? (value ? "1" : "0") : String(value);
}

/** The rules of the fields given, and what is wrong with their values: beyond the bounds of the law or not of their kind. */
export function checkParameters(given: Readonly<Partial<Record<ParameterField, Value>>>): {
  set: { rule: ParameterRule; value: Value }[];
  errors: FieldError[];
} {
  const set: { rule: ParameterRule; value: Value }[] = [];
  const errors: FieldError[] = [];
  for (const [field, value] of Object.entries(given)) {
    const rule = ruleOf.get(field);
    if (!rule || value === undefined) continue;
    const message = wrongWith(rule, value);
    if (message) errors.push({ pointer: `/values/${field}`, code: "out_of_bounds", message });
    else set.push({ rule, value });
  }
  return { set, errors };
}

function wrongWith({ unit, label, min = 0, max = 0, choices = [], basis }: ParameterRule, value: Value): string | null {
  if (unit === "flag") return typeof value === "boolean" ? null : `${label}：请选择是或者否`;
  if (unit === "hours")
    return typeof value === "string" && readHours(value) ? null : `${label}：请按 09:00-12:00,14:00-17:30 的写法填写`;
  if (unit === "choice") return choices.includes(String(value)) ? null : `${label}：请从 ${choices.join("、")} 中选择`;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return null;
  return unit === "fen"
    ? `${label}须在 ${min / 100} 元至 ${max / 100} 元之间（${basis}）`
    : `${label}须在 ${min} 至 ${max} 之间（${basis}）`;
}

/** One stretch of a day, in minutes since midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}
/** `09:00-12:00,14:00-17:30`: up to four stretches in their order, on full quarters; null for anything else. */
export function readHours(text: string): Hours[] | null {
  const hours = text.split(",").map((part): Hours | null => {
    const [, fromHour, fromMinute, toHour, toMinute] =
      /^([01]\d|2[0-3]):(00|15|30|45)-([01]\d|2[0-3]):(00|15|30|45)$/.exec(part) ?? [];
    if (!fromHour) return null;
    return { from: Number(fromHour) * 60 + Number(fromMinute), to: Number(toHour) * 60 + Number(toMinute) };
  });
  const isRead = hours.length <= 4 && hours.every((one): one is Hours => one !== null && one.from < one.to);
  if (!isRead) return null;
  return hours.every((one, n) => n === 0 || (hours[n - 1] as Hours).to <= one.from) ? hours : null;
}
