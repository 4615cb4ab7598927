import { exact, times } from "#core/money.ts";
import { type CourtFeeParameters, type FeeParameterName, feeBounds, feeTable } from "./fee-parameters.ts";
import { alongScale, capped, halved, type Part, settle, totalOf } from "./fee-steps.ts";
import type { FeeQuote } from "./fees.ts";
import { problem } from "./problems.ts";

/** What a fee is for; the calculator's many kinds are these, with and without an amount and with reasons to halve. */
export const FEE_CATEGORIES = {
  property: "财产案件受理费",
  divorce: "离婚案件受理费",
  personality: "人格权案件受理费",
  other_non_property: "其他非财产案件受理费",
  ip: "知识产权民事案件受理费",
  labor: "劳动争议案件受理费",
  admin_special: "商标、专利、海事行政案件受理费",
  admin_other: "其他行政案件受理费",
  appeal: "上诉案件受理费",
  jurisdiction_objection: "管辖权异议费",
  free: "不交纳案件受理费",
  preservation: "保全申请费",
  execution: "执行申请费",
  payment_order: "支付令申请费",
  public_notice: "公示催告申请费",
  arbitration: "撤销仲裁裁决、认定仲裁协议效力申请费",
  bankruptcy: "破产案件受理费",
} as const;
export type FeeCategory = keyof typeof FEE_CATEGORIES;

/** Why a fee is halved, in the order in which it is told. */
export const HALVINGS = {
  summary: { label: "适用简易程序", article: "诉讼费用交纳办法§16" },
  mediated: { label: "调解结案", article: "诉讼费用交纳办法§15" },
  withdrawn: { label: "撤诉", article: "诉讼费用交纳办法§15" },
  joined: { label: "合并审理", article: "诉讼费用交纳办法§18" },
} as const;
export type Halving = keyof typeof HALVINGS;

/** What a fee follows from. Each change of a fee carries whole new facts. */
export interface FeeFacts {
  readonly category: FeeCategory;
  /** The amount in dispute (or the estate, or what is to be secured), in fen; null where there is none. */
  readonly amountFen: number | null;
  readonly halvings: readonly Halving[];
  /** The claim was reduced after the inquiry in court had ended: borne by the one who reduced it (§35). */
  readonly afterInquiry?: boolean | undefined;
}

const ACT = "诉讼费用交纳办法";
const { scales, fixed } = feeTable;

interface Assessed {
  readonly parts: Part[];
  readonly basis: readonly string[];
}
type Rule = (amountFen: number | null, court: CourtFeeParameters) => Assessed;

const property = (amountFen: number, ...articles: string[]): Assessed => ({
  parts: alongScale(scales.property, amountFen),
  basis: articles.length > 0 ? articles : [`${ACT}§13(一)`],
});

/** The figure a court has set within the bounds of the law, or the law's lower bound where it set none. */
function based(name: FeeParameterName, court: CourtFeeParameters): Part {
  const { label, basis, defaultFen } = feeBounds(name);
  const set = court[name];
  const origin = set === undefined ? "（法院未公布标准，按法定下限估算）" : "（本院标准）";
  return { label: `${label}${origin}`, basis, change: exact(set ?? defaultFen) };
}
const baseAlone = (name: FeeParameterName, court: CourtFeeParameters, article: string): Assessed => ({
  parts: [based(name, court)],
  basis: [article],
});
function each(name: string): Assessed {
  const { yuan, label, basis } = fixed[name]!;
  return { parts: yuan === 0 ? [] : [{ label, basis, change: exact(yuan * 100) }], basis: [basis] };
}
const otherNonProperty: Rule = (_, court) => baseAlone("otherNonProperty", court, `${ACT}§13(二)3`);

/** 诉讼费用交纳办法 §13, §14 by category. Without an amount a case is no property case (§13(二)3). */
const rules: Readonly<Record<FeeCategory, Rule>> = {
  property: (amountFen, court) => (amountFen === null ? otherNonProperty(null, court) : property(amountFen)),
  divorce: (amountFen, court) => ({
    parts: [based("divorceBase", court), ...alongScale(scales.divorceProperty, amountFen ?? 0)],
    basis: [`${ACT}§13(二)1`],
  }),
  personality: (amountFen, court) => ({
    parts: [based("personalityBase", court), ...alongScale(scales.personalityDamages, amountFen ?? 0)],
    basis: [`${ACT}§13(二)2`],
  }),
  other_non_property: otherNonProperty,
  ip: (amountFen, court) =>
    amountFen === null
      ? baseAlone("ipNoAmount", court, `${ACT}§13(三)`)
      : property(amountFen, `${ACT}§13(三)`, `${ACT}§13(一)`),
  labor: () => each("labor"),
  admin_special: () => each("admin_trademark_patent_maritime"),
  admin_other: () => each("admin_other"),
  appeal: (amountFen, court) =>
    amountFen === null ? otherNonProperty(null, court) : property(amountFen, `${ACT}§13(一)`, `${ACT}§17`),
  jurisdiction_objection: (_, court) => baseAlone("jurisdictionObjection", court, `${ACT}§13(六)`),
  free: () => ({ parts: [], basis: [`${ACT}§8`] }),
  preservation: (amountFen) => ({
    parts: alongScale(scales.preservation, amountFen ?? 0),
    basis: [`${ACT}§14(二)`],
  }),
  execution: (amountFen, court) =>
    amountFen === null
      ? { parts: [based("executionNoAmount", court)], basis: [`${ACT}§14(一)1`, `${ACT}§20（执行后交纳，不预交）`] }
      : {
          parts: alongScale(scales.execution, amountFen),
          basis: [`${ACT}§14(一)2`, `${ACT}§20（执行后交纳，不预交）`],
        },
  payment_order(amountFen) {
    const full = alongScale(scales.property, amountFen ?? 0);
    const label = "支付令按财产案件受理费的三分之一";
    return {
      parts: [...full, { label, basis: `${ACT}§14(三)`, change: times(totalOf(full), -2, 3) }],
      basis: [`${ACT}§14(三)`],
    };
  },
  public_notice: () => each("public_notice"),
  arbitration: () => each("arbitration_setaside_or_validity"),
  bankruptcy: (amountFen) => ({
    parts: capped(
      halved(alongScale(scales.property, amountFen ?? 0), "破产案件", `${ACT}§14(六)`),
      feeTable.bankruptcyCap,
      `${ACT}§14(六)`,
    ),
    basis: [`${ACT}§14(六)`, `${ACT}§20（清算后交纳）`, `${ACT}§42`],
  }),
};

/** Only 案件受理费 are halved; 申请费 are not (§15, §16, §18 speak of 案件受理费). */
const HALVABLE: ReadonlySet<FeeCategory> = new Set([
  "property",
  "divorce",
  "personality",
  "other_non_property",
  "ip",
  "labor",
  "admin_special",
  "admin_other",
  "appeal",
]);
export const isHalvable = (category: FeeCategory): boolean => HALVABLE.has(category);

/**
 * The fee that follows from facts, in fen, with its steps (they add up to it) and articles; halved once, whatever the number
 * of reasons (民诉法解释§206). Throws `fee.refused` for reasons to halve where the law knows none.
 */
export function assessFee(facts: FeeFacts, court: CourtFeeParameters = {}): FeeQuote {
  const { category, amountFen } = facts;
  const reasons = (Object.keys(HALVINGS) as Halving[]).filter((name) => facts.halvings.includes(name));
  const { parts, basis } = rules[category](amountFen, court);
  if (reasons.length === 0) return { ...settle(parts, court.rounding), basis };
  if (!isHalvable(category) && category !== "free") {
    const message = `${FEE_CATEGORIES[category]}不适用减半交纳`;
    throw problem("fee.refused", {
      detail: `${message}（${ACT}§15、§16、§18）。`,
      errors: [{ pointer: "/facts/halvings", code: "refused", message }],
    });
  }
  const articles: string[] = [...new Set<string>(reasons.map((name) => HALVINGS[name].article))];
  if (reasons.length > 1) articles.push("民诉法解释§206");
  if (parts.length === 0) return { ...settle(parts, court.rounding), basis };
  const why = reasons.map((name) => HALVINGS[name].label).join("、");
  return {
    ...settle(halved(parts, why, articles.join("、")), court.rounding),
    basis: [...basis, ...articles],
  };
}
