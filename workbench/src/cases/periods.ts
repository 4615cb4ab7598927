import type { CasePeriods, Obligation } from "./contract.ts";

export const PRESERVATIONS: [code: string, label: string][] = [
  ["deposit", "冻结银行存款（1 年）"],
  ["movable", "查封、扣押动产（2 年）"],
  ["immovable", "查封不动产、冻结其他财产权（3 年）"],
];

/** The facts that are settled here, and the duties whose last day follows from each. */
const RULES: Partial<Record<keyof CasePeriods, string[]>> = {
  evidenceDays: ["evidence"],
  answerDays: ["answer"],
  abroad: ["answer", "appeal", "appeal_ruling"],
  effectiveOn: ["retrial"],
  performBy: ["enforcement"],
  entitled: ["enforcement"],
  preservations: ["preservation_renewal"],
};
type Facts = Omit<CasePeriods, "version" | "moves">;
const FIELDS = Object.keys(RULES) as (keyof Facts)[];

export const isSame = (one: Facts, other: Facts): boolean => FIELDS.every((field) => !differs(one, other, field));

/** What is worked out anew when one becomes the other. */
export function reworked(before: Facts, after: Facts, obligations: readonly Obligation[]): Obligation[] {
  const rules = new Set(FIELDS.filter((field) => differs(before, after, field)).flatMap((field) => RULES[field] ?? []));
  return obligations.filter(({ rule }) => rules.has(rule.code));
}

const differs = (one: Facts, other: Facts, field: keyof Facts): boolean =>
  JSON.stringify(one[field]) !== JSON.stringify(other[field]);
