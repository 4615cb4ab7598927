import { exact, minus, times } from "#core/money.ts";
import { type FeeParameterName, feeTable } from "./fee-parameters.ts";
import { alongScale, capped, halved, type Part, totalOf } from "./fee-steps.ts";

/**
 * What a kind of fee is told: `amount` decimal yuan; `base` the province's figure, the court's parameter where left out;
 * `flag` true or left out (the kind says it already).
 */
export type InputType = "amount" | "amounts" | "base" | "flag" | "count" | "ratio" | "word";

/** What was read of an input: amounts in fen. */
export interface Given {
  readonly fen: Readonly<Record<string, number>>;
  readonly base: Part | null;
}

export interface FeeKind {
  readonly inputs: Readonly<Record<string, InputType>>;
  readonly base?: FeeParameterName;
  readonly basis: readonly string[];
  /** A reason in Chinese why the law refuses these figures. */
  refuse?(given: Given): { field: string; message: string } | null;
  parts(given: Given): Part[];
}

const { scales, fixed } = feeTable;
const ACT = "诉讼费用交纳办法";
const REASONS = { summary: "适用简易程序", mediated: "调解结案", withdrawn: "撤诉", joined: "合并审理" } as const;
type Reason = keyof typeof REASONS;

/** Property fees of 诉讼费用交纳办法§13(一), halved once where there is any reason to (§15, §16, §18; 民诉法解释§206). */
function property(field: string, reasons: readonly Reason[], ...basis: string[]): FeeKind {
  const inputs: Record<string, InputType> = { [field]: "amount" };
  for (const reason of reasons) inputs[reason] = "flag";
  return { inputs, basis, parts: ({ fen }) => halvedOnce(alongScale(scales.property, fen[field]!), reasons, basis) };
}

/** A figure that the province sets within the law's bounds, with what the amount adds to it. */
function based(
  base: FeeParameterName,
  reasons: readonly Reason[],
  basis: string[],
  more?: { field: string; scale: keyof typeof scales },
): FeeKind {
  const inputs: Record<string, InputType> = { base_fee: "base" };
  if (more !== undefined) inputs[more.field] = "amount";
  for (const reason of reasons) inputs[reason] = "flag";
  return {
    inputs,
    base,
    basis,
    parts: ({ base: fee, fen }) =>
      halvedOnce(
        [...(fee ? [fee] : []), ...(more ? alongScale(scales[more.scale], fen[more.field]!) : [])],
        reasons,
        basis,
      ),
  };
}

/** 每件 so many yuan. */
function each(name: string, reasons: readonly Reason[] = [], ...more: string[]): FeeKind {
  const { yuan, label, basis } = fixed[name]!;
  const inputs = Object.fromEntries(reasons.map((reason) => [reason, "flag" as const]));
  const articles = [basis, ...more];
  return {
    inputs,
    basis: articles,
    parts: () => halvedOnce([{ label, basis, change: exact(yuan * 100) }], reasons, articles),
  };
}

function halvedOnce(parts: Part[], reasons: readonly Reason[], basis: readonly string[]): Part[] {
  if (reasons.length === 0) return parts;
  return halved(parts, reasons.map((reason) => REASONS[reason]).join("、"), basis.at(-1)!);
}

/** What is still to be paid of `full` after `paid`; never less than nothing. */
function supplement(full: Part[], paidFen: number, basis: string): Part[] {
  const total = totalOf(full);
  const due = minus(total, exact(paidFen));
  const credit = due.fen < 0n ? times(total, -1) : exact(-paidFen);
  return [...full, { label: "减去已交金额", basis, change: credit }];
}

function summed(fen: Readonly<Record<string, number>>): number {
  return fen["claims"]!;
}

/** Every kind of fee, by the names of the contract. */
export const feeKinds: Readonly<Record<string, FeeKind>> = {
  property_first_instance: property("claim_amount", [], `${ACT}§13(一)`),
  property_summary_procedure: property("claim_amount", ["summary"], `${ACT}§13(一)`, `${ACT}§16`),
  property_mediated_ordinary: property("claim_amount", ["mediated"], `${ACT}§13(一)`, `${ACT}§15`),
  property_mediated_in_summary: property(
    "claim_amount",
    ["mediated", "summary"],
    `${ACT}§13(一)`,
    `${ACT}§15`,
    `${ACT}§16`,
    "民诉法解释§206",
  ),
  property_withdrawn_in_summary: property(
    "claim_amount",
    ["summary", "withdrawn"],
    `${ACT}§13(一)`,
    `${ACT}§15`,
    `${ACT}§16`,
    "民诉法解释§206",
  ),
  property_withdrawn_ordinary: property("claim_amount", ["withdrawn"], `${ACT}§13(一)`, `${ACT}§15`),
  counterclaim_joined: property("counterclaim_amount", ["joined"], `${ACT}§13(一)`, `${ACT}§18`),
  counterclaim_joined_in_summary: property(
    "counterclaim_amount",
    ["joined", "summary"],
    `${ACT}§13(一)`,
    `${ACT}§16`,
    `${ACT}§18`,
    "民诉法解释§206",
  ),
  third_party_claim_joined: property("claim_amount", ["joined"], `${ACT}§13(一)`, `${ACT}§18`),
  appeal_property: property("appealed_amount", [], `${ACT}§13(一)`, `${ACT}§17`),
  ip_with_amount: property("claim_amount", [], `${ACT}§13(三)`, `${ACT}§13(一)`),
  multiple_property_claims_same_case: {
    inputs: { claims: "amounts" },
    basis: [`${ACT}§13(一)`, "民诉法解释§201"],
    parts: ({ fen }) => alongScale(scales.property, summed(fen)),
  },
  mixed_property_and_nonproperty: {
    inputs: { property: "amount", non_property: "count" },
    basis: [`${ACT}§13(一)`, "民诉法解释§201"],
    parts: ({ fen }) => alongScale(scales.property, fen["property"]!),
  },
  summary_to_ordinary_supplement: {
    inputs: { claim_amount: "amount", already_paid: "amount" },
    basis: [`${ACT}§13(一)`, "民诉法解释§199"],
    parts: ({ fen }) =>
      supplement(alongScale(scales.property, fen["claim_amount"]!), fen["already_paid"]!, "民诉法解释§199"),
  },
  claim_increase: {
    inputs: { from: "amount", to: "amount", paid: "amount" },
    basis: [`${ACT}§21(一)`],
    refuse: ({ fen }) =>
      fen["to"]! < fen["from"]! ? { field: "to", message: "增加后的数额不能小于原来的数额" } : null,
    parts: ({ fen }) => supplement(alongScale(scales.property, fen["to"]!), fen["paid"]!, `${ACT}§21(一)`),
  },
  claim_decrease_before_debate_end: {
    inputs: { from: "amount", to: "amount", paid: "amount" },
    basis: [`${ACT}§21(二)`],
    refuse: ({ fen }) =>
      fen["to"]! > fen["from"]! ? { field: "to", message: "减少后的数额不能大于原来的数额" } : null,
    parts({ fen }) {
      const paid: Part = { label: "已交金额", basis: `${ACT}§21(二)`, change: exact(fen["paid"]!) };
      const due = totalOf(alongScale(scales.property, fen["to"]!));
      const kept = minus(exact(fen["paid"]!), due).fen < 0n ? exact(fen["paid"]!) : due;
      return [
        paid,
        { label: "减去按减少后的请求应交的金额，余下退还", basis: `${ACT}§21(二)`, change: times(kept, -1) },
      ];
    },
  },
  divorce: based("divorceBase", [], [`${ACT}§13(二)1`], { field: "property_total", scale: "divorceProperty" }),
  divorce_summary: based("divorceBase", ["summary"], [`${ACT}§13(二)1`, `${ACT}§16`], {
    field: "property_total",
    scale: "divorceProperty",
  }),
  personality_rights: based("personalityBase", [], [`${ACT}§13(二)2`], {
    field: "damages",
    scale: "personalityDamages",
  }),
  personality_rights_summary: based("personalityBase", ["summary"], [`${ACT}§13(二)2`, `${ACT}§16`], {
    field: "damages",
    scale: "personalityDamages",
  }),
  other_non_property: based("otherNonProperty", [], [`${ACT}§13(二)3`]),
  other_non_property_min: based("otherNonProperty", [], [`${ACT}§13(二)3`]),
  other_non_property_summary: based("otherNonProperty", ["summary"], [`${ACT}§13(二)3`, `${ACT}§16`]),
  ip_no_amount: based("ipNoAmount", [], [`${ACT}§13(三)`]),
  jurisdiction_objection_rejected: based("jurisdictionObjection", [], [`${ACT}§13(六)`]),
  jurisdiction_objection_upheld: each("jurisdiction_objection_upheld"),
  labor: each("labor"),
  labor_summary: each("labor", ["summary"], `${ACT}§16`),
  admin_trademark_patent_maritime: each("admin_trademark_patent_maritime"),
  admin_other: each("admin_other"),
  admin_other_summary: each("admin_other", ["summary"], `${ACT}§16`),
  admin_compensation: each("admin_compensation"),
  special_procedure: each("special_procedure"),
  appeal_against_inadmissibility_or_jurisdiction_ruling: each("appeal_against_inadmissibility_or_jurisdiction_ruling"),
  execution: {
    inputs: { amount: "amount" },
    basis: [`${ACT}§14(一)2`, `${ACT}§20（执行后交纳，不预交）`],
    parts: ({ fen }) => alongScale(scales.execution, fen["amount"]!),
  },
  execution_no_amount: based("executionNoAmount", [], [`${ACT}§14(一)1`, `${ACT}§20（执行后交纳，不预交）`]),
  preservation: {
    inputs: { amount: "amount" },
    basis: [`${ACT}§14(二)`],
    parts: ({ fen }) => alongScale(scales.preservation, fen["amount"]!),
  },
  payment_order: {
    inputs: { amount: "amount" },
    basis: [`${ACT}§14(三)`],
    parts: ({ fen }) => paymentOrder(fen["amount"]!),
  },
  payment_order_failed_to_litigation_supplement: {
    inputs: { amount: "amount", paid: "amount" },
    basis: [`${ACT}§13(一)`, "民诉法解释§195"],
    parts: ({ fen }) => supplement(alongScale(scales.property, fen["amount"]!), fen["paid"]!, "民诉法解释§195"),
  },
  public_notice: each("public_notice"),
  arbitration_setaside_or_validity: each("arbitration_setaside_or_validity"),
  bankruptcy: {
    inputs: { estate_total: "amount" },
    basis: [`${ACT}§14(六)`, `${ACT}§20（清算后交纳）`, `${ACT}§42`],
    parts({ fen }) {
      const half = halved(alongScale(scales.property, fen["estate_total"]!), "破产案件", `${ACT}§14(六)`);
      return capped(half, feeTable.bankruptcyCap, `${ACT}§14(六)`);
    },
  },
  maritime_claim_registration: each("maritime_claim_registration"),
  maritime_general_average: each("maritime_general_average"),
  maritime_injunction: based("maritimeInjunction", [], [`${ACT}§14(七)2`]),
  maritime_limitation_fund: based("maritimeLimitationFund", [], [`${ACT}§14(七)1`]),
  maritime_lien_notice: based("maritimeLienNotice", [], [`${ACT}§14(七)3`]),
};

/** 支付令: a third of the property fee, §14(三). */
function paymentOrder(amountFen: number): Part[] {
  const full = alongScale(scales.property, amountFen);
  return [
    ...full,
    { label: "支付令按财产案件受理费的三分之一", basis: `${ACT}§14(三)`, change: times(totalOf(full), -2, 3) },
  ];
}
