import type { TrialProcedure } from "#modules/case/index.ts";

/** What the last day of a duty depends on; stored with it, so that every result can be worked out again. */
export interface Inputs {
  /** The day the period begins with (not counted). */
  readonly eventDate: string;
  readonly documentKind?: string;
  readonly procedure?: TrialProcedure | null;
  /** No residence in the mainland (民诉法§285, §286). */
  readonly abroad?: boolean;
  /** As the court set it, or agreed to it. */
  readonly days?: number;
  /** A day that another room has worked out: 交费通知. */
  readonly fixed?: {
    readonly dueOn: string;
    readonly nominalOn: string;
    readonly provisional: boolean;
    readonly period: string | null;
  };
  /** 送达日期有争议. */
  readonly contested?: boolean;
  /** Years a preservation lasts (民诉法解释§485). */
  readonly years?: number;
  /** 开庭: when, as it was notified, and in words. */
  readonly sitting?: { readonly startsAt: string; readonly words: string };
  /** What the money is for, what is under preservation. */
  readonly subject?: string;
}

export interface Rule {
  readonly label: string;
  /** What to do, to whoever has to. */
  readonly todo: string;
  /** What happens where nothing is done in time. */
  readonly late: string;
  /** The period's name in the table of periods, in this case; null where none runs here. */
  period(inputs: Inputs): string | null;
  /** Served documents that start it, and on which sides. */
  readonly served?: { readonly documents: readonly string[]; readonly sides: readonly string[] };
  /** It is over with the judgment: nothing of it is left when the case is closed. */
  readonly endsWithCase: boolean;
}

/** The version goes up with every change of law here; what was worked out before says by which one. */
export const RULES_VERSION = "2026-01";

const ALL = ["plaintiff", "defendant", "third_party"] as const;
const EVIDENCE = {
  ordinary: "举证期限-普通程序最短",
  summary: "举证期限-简易程序最长",
  small: "举证期限-小额一般最长",
} as const;

/** Duties and rights with a last day, as the law has them: one table, each period by its name in `reference`. */
export const RULES = {
  answer: {
    label: "答辩",
    todo: "提交答辩状",
    late: "逾期不提交答辩状，不影响法院审理（民事诉讼法第一百二十八条）。",
    period: ({ abroad, procedure }) =>
      abroad ? "答辩期(境外无住所)" : procedure === "small" ? "小额答辩期最长" : "答辩期",
    served: { documents: ["complaint"], sides: ["defendant"] },
    endsWithCase: true,
  },
  jurisdiction_objection: {
    label: "管辖权异议",
    todo: "认为受诉法院没有管辖权的，提出管辖权异议",
    late: "逾期未提出异议并应诉答辩的，视为受诉法院有管辖权，违反级别管辖和专属管辖的除外（民事诉讼法第一百三十条）。",
    period: () => "管辖异议提出",
    served: { documents: ["complaint"], sides: ["defendant"] },
    endsWithCase: true,
  },
  evidence: {
    label: "举证",
    todo: "提交证据；确有困难的，在期限届满前书面申请延长",
    late: "逾期提供证据的，法院会要求说明理由，可能不予采纳，或者采纳但予以训诫、罚款（民事诉讼法第六十八条）。",
    period: ({ procedure }) => EVIDENCE[procedure ?? "ordinary"],
    served: { documents: ["evidence_notice"], sides: ALL },
    endsWithCase: true,
  },
  appeal: {
    label: "上诉",
    todo: "不服判决的，向上一级法院提起上诉",
    late: "上诉期满各方都未上诉的，判决发生法律效力（民事诉讼法第一百七十一条）。",
    // 小额诉讼 is judged once and for all (民诉法§165).
    period: ({ abroad, procedure }) => (procedure === "small" ? null : abroad ? "上诉期(境外无住所)" : "上诉期-判决"),
    served: { documents: ["judgment"], sides: ALL },
    endsWithCase: false,
  },
  appeal_ruling: {
    label: "上诉（裁定）",
    todo: "裁定书写明可以上诉且不服的，向上一级法院提起上诉",
    late: "上诉期满未上诉的，裁定发生法律效力；只有不予受理、管辖权异议、驳回起诉的裁定可以上诉（民事诉讼法第一百五十七条）。",
    period: ({ abroad }) => (abroad ? "上诉期(境外无住所)" : "上诉期-裁定"),
    served: { documents: ["ruling"], sides: ALL },
    endsWithCase: false,
  },
  preservation_review: {
    label: "保全裁定复议",
    todo: "对保全、先予执行裁定不服的，向作出裁定的法院申请复议",
    late: "五日届满没有申请复议的，按裁定执行；复议期间也不停止裁定的执行（民事诉讼法第一百一十一条）。",
    period: () => "保全复议申请",
    served: { documents: ["quiet_ruling"], sides: ALL },
    endsWithCase: true,
  },
  fee: {
    label: "交费",
    todo: "交纳诉讼费用；确有困难的，在期限内申请缓交、减交、免交",
    late: "逾期未交又未申请司法救助的，按撤回相应的请求处理（民诉法解释第二百一十三条）。",
    period: ({ fixed }) => fixed?.period ?? null,
    endsWithCase: false,
  },
  preservation_renewal: {
    label: "续行保全",
    todo: "需要继续保全的，在保全期限届满七日前申请续行查封、扣押、冻结",
    late: "期限届满未续行的，保全效力消灭。",
    period: () => null,
    endsWithCase: false,
  },
  attend: {
    label: "出庭",
    todo: "按传票写明的时间、地点或者方式参加；确有正当理由不能参加的，尽早申请改期或者延期",
    late: "无正当理由拒不到庭的，对原告可以按撤诉处理，对被告可以缺席判决（民事诉讼法第一百四十六条、第一百四十七条）。",
    period: () => null,
    endsWithCase: true,
  },
  retrial: {
    label: "申请再审",
    todo: "认为已生效的裁判有错误的，向上一级法院申请再审",
    late: "超过六个月的，法院不予受理；有新证据等四种情形的，自知道之日起六个月（民事诉讼法第二百一十六条）。",
    period: () => "申请再审",
    endsWithCase: false,
  },
  enforcement: {
    label: "申请执行",
    todo: "对方未履行的，申请强制执行",
    late: "超过二年且没有中止、中断事由的，对方提出异议后法院不予执行（民事诉讼法第二百五十条）。",
    period: () => "申请执行时效",
    endsWithCase: false,
  },
} as const satisfies Record<string, Rule>;
export type RuleCode = keyof typeof RULES;
export const ruleOf = (code: string): Rule => RULES[code as RuleCode];

/** The rules that the service of a document on a party of this side starts. */
export const startedBy = (documentKind: string, side: string): RuleCode[] =>
  (Object.entries(RULES) as [RuleCode, Rule][])
    .filter(([, { served }]) => served?.documents.includes(documentKind) && served.sides.includes(side))
    .map(([code]) => code);

/** How long what is under preservation stays so (民诉法解释§485). */
export const PRESERVATIONS = {
  deposit: { label: "冻结银行存款", years: 1 },
  movable: { label: "查封、扣押动产", years: 2 },
  immovable: { label: "查封不动产、冻结其他财产权", years: 3 },
} as const;
export type PreservationKind = keyof typeof PRESERVATIONS;

/** What the court may set as 举证期限 (民诉法解释§99, §266, §275); null: it may. */
export function barredDays(procedure: TrialProcedure | null, days: number): string | null {
  if (procedure === "small" && days > 7) return "小额诉讼案件的举证期限一般不超过七日（民诉法解释第二百七十五条）";
  if (procedure === "summary" && days > 15) return "简易程序的举证期限不得超过十五日（民诉法解释第二百六十六条）";
  if (procedure !== "small" && procedure !== "summary" && days < 15)
    return "普通程序的举证期限不得少于十五日（民诉法解释第九十九条）";
  return null;
}
