import { addDays, addMonths, daysBetween } from "#core/period.ts";
import { problem } from "./problems.ts";

/** 审限: how long a court may take over a case, and by how much that may be lengthened (rules of law §6). */
interface Limit {
  readonly label: string;
  readonly unit: "day" | "month";
  readonly amount: number;
  readonly basis: string;
  /** What may be added, in order: each once. */
  readonly extensions: readonly Extension[];
}
interface Extension {
  readonly by: "president" | "higher_court";
  readonly unit: "day" | "month";
  readonly most: number;
  readonly basis: string;
}
const president = (unit: Extension["unit"], most: number, basis: string): Extension => ({
  by: "president",
  unit,
  most,
  basis,
});
const higher = (unit: Extension["unit"], most: number, basis: string): Extension => ({
  by: "higher_court",
  unit,
  most,
  basis,
});
const RULE_2000 = "案件审限规定(法释〔2000〕29号)§2";

export const TRIAL_LIMITS = {
  ordinary: {
    label: "普通程序",
    unit: "month",
    amount: 6,
    basis: "民事诉讼法§152",
    extensions: [president("month", 6, "民事诉讼法§152"), higher("month", 3, `民事诉讼法§152；${RULE_2000}`)],
  },
  summary: {
    label: "简易程序",
    unit: "month",
    amount: 3,
    basis: "民事诉讼法§164",
    extensions: [president("month", 1, "民诉法解释§258")],
  },
  small: {
    label: "小额诉讼程序",
    unit: "month",
    amount: 2,
    basis: "民事诉讼法§168",
    extensions: [president("month", 1, "民事诉讼法§168")],
  },
  appeal_judgment: {
    label: "第二审程序（对判决的上诉）",
    unit: "month",
    amount: 3,
    basis: "民事诉讼法§183",
    extensions: [president("month", 3, `民事诉讼法§183；${RULE_2000}`)],
  },
  appeal_ruling: {
    label: "第二审程序（对裁定的上诉）",
    unit: "day",
    amount: 30,
    basis: "民事诉讼法§183",
    extensions: [president("day", 30, "民诉法解释§339")],
  },
  special: {
    label: "特别程序",
    unit: "day",
    amount: 30,
    basis: "民事诉讼法§187",
    extensions: [president("day", 30, `民事诉讼法§187；${RULE_2000}`)],
  },
  admin_first: {
    label: "行政第一审普通程序",
    unit: "month",
    amount: 6,
    basis: "行政诉讼法§81",
    extensions: [higher("month", 6, "行政诉讼法§81")],
  },
  admin_summary: {
    label: "行政简易程序",
    unit: "day",
    amount: 45,
    basis: "行政诉讼法§83",
    extensions: [],
  },
  admin_second: {
    label: "行政第二审程序",
    unit: "month",
    amount: 3,
    basis: "行政诉讼法§88",
    extensions: [higher("month", 3, "行政诉讼法§88")],
  },
  enforcement: {
    label: "执行程序",
    unit: "month",
    amount: 6,
    basis: "案件审限规定(法释〔2000〕29号)§5",
    extensions: [president("month", 3, "案件审限规定(法释〔2000〕29号)§5")],
  },
  admin_enforcement_review: {
    label: "非诉执行审查",
    unit: "month",
    amount: 3,
    basis: "案件审限规定(法释〔2000〕29号)§5",
    extensions: [president("month", 3, "案件审限规定(法释〔2000〕29号)§5")],
  },
} as const satisfies Record<string, Limit>;
export type Procedure = keyof typeof TRIAL_LIMITS;

/** What the limit does not count (民诉法解释§243; 案件审限规定§9). */
export const DEDUCTIONS = {
  public_notice: { label: "公告期间", basis: "民诉法解释§243" },
  appraisal: { label: "鉴定期间", basis: "民诉法解释§243" },
  settlement: { label: "双方当事人和解期间", basis: "民诉法解释§243" },
  jurisdiction: { label: "审理管辖异议、处理管辖争议期间", basis: "民诉法解释§243" },
  audit: { label: "审计、评估、清理期间", basis: "案件审限规定(法释〔2000〕29号)§9" },
  stay: { label: "中止诉讼期间", basis: "案件审限规定(法释〔2000〕29号)§9" },
  new_evidence: { label: "因新证人、新证据延期（不超过一个月）", basis: "案件审限规定(法释〔2000〕29号)§9" },
  auction: { label: "执行中拍卖、变卖期间", basis: "案件审限规定(法释〔2000〕29号)§9" },
  suspended_enforcement: { label: "暂缓执行期间", basis: "案件审限规定(法释〔2000〕29号)§9" },
  mediation: { label: "立案后同意延长的调解期间", basis: "在线调解规则§24" },
} as const;
export type DeductionKind = keyof typeof DEDUCTIONS;

export interface TrialClock {
  /** The procedure of today. */
  readonly procedure: Procedure;
  /** 立案之日: counting begins the day after, also where summary procedure became ordinary (民诉法解释§258). */
  readonly acceptedOn: string;
  readonly extensions: readonly {
    readonly by: Extension["by"];
    readonly amount: number;
    readonly approvedOn: string;
  }[];
  /** `to` null: still going on. */
  readonly deductions: readonly { readonly kind: DeductionKind; readonly from: string; readonly to: string | null }[];
  /** The day on which the case was closed, or null. */
  readonly closedOn: string | null;
}

export interface TrialLimitStep {
  readonly label: string;
  readonly basis: string;
  /** Court day on which the limit ends after this step. */
  readonly lastDay: string;
}
export interface TrialLimitView {
  readonly state: "running" | "stopped" | "overdue" | "closed";
  readonly lastDay: string;
  /** Court days of calendar left, the last one counted; negative when overdue; null when closed. */
  readonly daysLeft: number | null;
  readonly excludedDays: number;
  readonly steps: readonly TrialLimitStep[];
  readonly basis: readonly string[];
  /** The next lengthening the law allows, and until when it should be asked for (法释〔2019〕4号§1: 15 days before the end). */
  readonly mayExtend: {
    readonly by: Extension["by"];
    readonly unit: "day" | "month";
    readonly most: number;
    readonly askBy: string;
  } | null;
  /** 30, 15, 7 or 3 days are left, or less. */
  readonly warning: 30 | 15 | 7 | 3 | null;
}

const WARNINGS = [3, 7, 15, 30] as const;
const ASK_BEFORE_DAYS = 15;
const APPROVER = { president: "本院院长批准延长", higher_court: "上级法院批准延长" } as const;
const UNIT = { day: "日", month: "个月" } as const;

/**
 * The clock of a case on a day: end = the day of acceptance + the statutory time + what was granted + what is not counted. A
 * last day of rest does not move it. Spans that overlap are taken out once. Throws `trial.extension_refused` where more was
 * granted than the law allows, `trial.span` for a span that ends before it begins.
 */
export function trialLimit(clock: TrialClock, today: string): TrialLimitView {
  const limit: Limit = TRIAL_LIMITS[clock.procedure];
  const steps: TrialLimitStep[] = [];
  let end = later(clock.acceptedOn, limit.unit, limit.amount);
  steps.push({
    label: `${limit.label}，自立案次日起 ${limit.amount} ${UNIT[limit.unit]}`,
    basis: limit.basis,
    lastDay: end,
  });
  for (const [at, { by, amount, approvedOn }] of clock.extensions.entries()) {
    const allowed = limit.extensions[at];
    if (!allowed || allowed.by !== by || amount < 1 || amount > allowed.most) throw problem("trial.extension_refused");
    end = later(end, allowed.unit, amount);
    steps.push({
      label: `${approvedOn} ${APPROVER[by]} ${amount} ${UNIT[allowed.unit]}`,
      basis: allowed.basis,
      lastDay: end,
    });
  }
  const asOf = clock.closedOn ?? today;
  let excludedDays = 0;
  for (const span of merged(clock.deductions, asOf)) {
    // What begins after the time had run out gives none of it back.
    if (span.from > end) break;
    const days = daysBetween(span.from, span.to) + 1;
    excludedDays += days;
    end = addDays(end, days);
    const labels = span.kinds.map((kind) => DEDUCTIONS[kind].label).join("、");
    steps.push({
      label: `扣除${labels} ${days} 日（${span.from} 至 ${span.to}${span.open ? "，仍在进行" : ""}）`,
      basis: [...new Set(span.kinds.map((kind) => DEDUCTIONS[kind].basis))].join("；"),
      lastDay: end,
    });
  }
  const isStopped =
    clock.closedOn === null && clock.deductions.some(({ from, to }) => from <= today && (to === null || to >= today));
  const left = daysBetween(asOf, end);
  const next = limit.extensions[clock.extensions.length];
  return {
    state: clock.closedOn !== null ? "closed" : isStopped ? "stopped" : left < 0 ? "overdue" : "running",
    lastDay: end,
    daysLeft: clock.closedOn === null ? left : null,
    excludedDays,
    steps,
    basis: [...new Set([limit.basis, "民诉法解释§243", "案件审限规定(法释〔2000〕29号)§8"])],
    mayExtend:
      next && clock.closedOn === null
        ? { by: next.by, unit: next.unit, most: next.most, askBy: addDays(end, -ASK_BEFORE_DAYS) }
        : null,
    warning: clock.closedOn === null && !isStopped ? (WARNINGS.find((days) => left <= days) ?? null) : null,
  };
}

const later = (day: string, unit: "day" | "month", amount: number): string =>
  unit === "day" ? addDays(day, amount) : addMonths(day, amount);

interface Span {
  from: string;
  to: string;
  kinds: DeductionKind[];
  open: boolean;
}

/** The spans in order, those that touch or overlap made one; what has not begun by `asOf` is not taken out yet. */
function merged(deductions: TrialClock["deductions"], asOf: string): Span[] {
  const spans = deductions
    .map(({ kind, from, to }): Span => {
      if (to !== null && to < from) throw problem("trial.span");
      // One that goes on is taken out up to today; a planned end in the future too.
      return { from, to: to === null || to > asOf ? asOf : to, kinds: [kind], open: to === null || to > asOf };
    })
    .filter(({ from }) => from <= asOf)
    .sort((one, other) => one.from.localeCompare(other.from));
  const found: Span[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    if (last && span.from <= addDays(last.to, 1)) {
      if (span.to > last.to) last.to = span.to;
      last.open ||= span.open;
      if (!last.kinds.includes(span.kinds[0] as DeductionKind)) last.kinds.push(...span.kinds);
    } else found.push({ ...span, kinds: [...span.kinds] });
  }
  return found;
}
