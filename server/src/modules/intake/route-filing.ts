import { Op } from "sequelize";
import type { Work } from "#core/work.ts";
import { IntakeQueue, IntakeRule } from "./model.ts";

/** What a rule may look at. */
export interface Routed {
  readonly courtCode: string;
  readonly causeName: string;
  readonly formField: string;
  readonly amountFen: number;
}
export interface Fits {
  /** Any of these words in the cause. */
  readonly causeWords?: readonly string[];
  /** Beginning of the form's field (行政, 执行…). */
  readonly formField?: string;
  readonly atLeastFen?: number;
  readonly belowFen?: number;
}

/** 队列类别, in the words of the court. */
export const CATEGORIES = {
  civil: "民事立案",
  family: "家事立案",
  labour: "劳动争议立案",
  commercial: "商事立案",
  administrative: "行政立案",
  execution: "执行立案",
  criminal: "刑事自诉立案",
} as const;
export type Category = keyof typeof CATEGORIES;

/** The rules that every court starts with; a court's own rows come first. */
export const DEFAULT_RULES: readonly { priority: number; fits: Fits; category: Category }[] = [
  { priority: 100, fits: { formField: "执行" }, category: "execution" },
  { priority: 110, fits: { formField: "行政" }, category: "administrative" },
  { priority: 115, fits: { formField: "知识产权(行政)" }, category: "administrative" },
  { priority: 120, fits: { formField: "刑事" }, category: "criminal" },
  {
    priority: 130,
    fits: {
      causeWords: [
        "婚姻",
        "离婚",
        "抚养",
        "赡养",
        "扶养",
        "继承",
        "收养",
        "同居",
        "监护",
        "亲子",
        "彩礼",
        "婚约",
        "分家析产",
        "人身安全保护令",
      ],
    },
    category: "family",
  },
  { priority: 140, fits: { causeWords: ["劳动", "人事争议", "工伤", "社会保险", "用工"] }, category: "labour" },
  {
    priority: 150,
    fits: {
      causeWords: [
        "金融",
        "保险",
        "票据",
        "证券",
        "公司",
        "破产",
        "信用卡",
        "融资租赁",
        "保理",
        "期货",
        "信托",
        "股权",
        "信用证",
      ],
    },
    category: "commercial",
  },
];
const OTHERWISE: Category = "civil";

export function fitsRule({ causeWords, formField, atLeastFen, belowFen }: Fits, routed: Routed): boolean {
  return (
    (!causeWords || causeWords.some((word) => routed.causeName.includes(word))) &&
    (!formField || routed.formField.startsWith(formField)) &&
    (atLeastFen === undefined || routed.amountFen >= atLeastFen) &&
    (belowFen === undefined || routed.amountFen < belowFen)
  );
}

/** The queue a filing belongs to; made on first need. */
export async function queueFor(work: Work, routed: Routed): Promise<string> {
  const rules = await IntakeRule.findAll({
    // Not `IN (court, NULL)`: nothing is ever IN a list because of its NULL.
    where: { courtCode: { [Op.or]: [routed.courtCode, null] } },
    order: [
      ["priority", "ASC"],
      ["id", "ASC"],
    ],
    transaction: work.tx,
  });
  const own = rules
    .filter(({ courtCode }) => courtCode !== null)
    .concat(rules.filter(({ courtCode }) => courtCode === null));
  const category: string = own.find(({ fits }) => fitsRule(JSON.parse(fits) as Fits, routed))?.category ?? OTHERWISE;
  return ensureQueue(work, routed.courtCode, category);
}

export async function ensureQueue(work: Work, courtCode: string, category: string): Promise<string> {
  const known = await IntakeQueue.findOne({ where: { courtCode, category }, transaction: work.tx });
  if (known) return known.id;
  await work.change("INSERT IGNORE INTO intake_queue (court_code, category, name) VALUES (?, ?, ?)", [
    courtCode,
    category,
    CATEGORIES[category as Category] ?? category,
  ]);
  // Another work may have made it: a locking read sees what has been committed since.
  const made = await IntakeQueue.findOne({
    where: { courtCode, category },
    transaction: work.tx,
    lock: work.tx.LOCK.SHARE,
    rejectOnEmpty: true,
  });
  return made.id;
}
