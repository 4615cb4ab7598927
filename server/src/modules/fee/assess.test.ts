import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseYuan } from "#core/money.ts";
import {
  assessFee,
  type CourtFeeParameters,
  FEE_CATEGORIES,
  type FeeCategory,
  type FeeFacts,
  feeOfCause,
  HALVINGS,
  type Halving,
  isHalvable,
  listFeeKinds,
  quoteFee,
} from "#modules/reference/index.ts";

interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly input: Record<string, unknown>;
  readonly expected_fee_yuan: string;
}
const { vectors } = JSON.parse(
  readFileSync(new URL("../../../../../shared/vectors/fees.json", import.meta.url), "utf8"),
) as { vectors: Vector[] };

const fenOf = (value: unknown): number =>
  Array.isArray(value) ? value.reduce<number>((sum, one) => sum + fenOf(one), 0) : (parseYuan(String(value)) as number);
const halvingsOf = (input: Record<string, unknown>): Halving[] =>
  (Object.keys(HALVINGS) as Halving[]).filter((name) => input[name] === true);
/** How a kind of the calculator is said as facts; a kind that is no assessment (a supplement, a refusal) is not there. */
const AMOUNTS: Readonly<Record<string, readonly [FeeCategory, string | null]>> = {
  property_first_instance: ["property", "claim_amount"],
  property_summary_procedure: ["property", "claim_amount"],
  property_mediated_ordinary: ["property", "claim_amount"],
  property_mediated_in_summary: ["property", "claim_amount"],
  property_withdrawn_in_summary: ["property", "claim_amount"],
  property_withdrawn_ordinary: ["property", "claim_amount"],
  counterclaim_joined: ["property", "counterclaim_amount"],
  counterclaim_joined_in_summary: ["property", "counterclaim_amount"],
  third_party_claim_joined: ["property", "claim_amount"],
  appeal_property: ["appeal", "appealed_amount"],
  multiple_property_claims_same_case: ["property", "claims"],
  ip_with_amount: ["ip", "claim_amount"],
  mixed_property_and_nonproperty: ["property", "property"],
  divorce: ["divorce", "property_total"],
  divorce_summary: ["divorce", "property_total"],
  personality_rights: ["personality", "damages"],
  personality_rights_summary: ["personality", "damages"],
  other_non_property: ["other_non_property", null],
  other_non_property_min: ["other_non_property", null],
  other_non_property_summary: ["other_non_property", null],
  ip_no_amount: ["ip", null],
  jurisdiction_objection_rejected: ["jurisdiction_objection", null],
  labor: ["labor", null],
  labor_summary: ["labor", null],
  admin_trademark_patent_maritime: ["admin_special", null],
  admin_other: ["admin_other", null],
  admin_other_summary: ["admin_other", null],
  admin_compensation: ["free", null],
  special_procedure: ["free", null],
  jurisdiction_objection_upheld: ["free", null],
  appeal_against_inadmissibility_or_jurisdiction_ruling: ["free", null],
  execution: ["execution", "amount"],
  execution_no_amount: ["execution", null],
  preservation: ["preservation", "amount"],
  payment_order: ["payment_order", "amount"],
  bankruptcy: ["bankruptcy", "estate_total"],
  public_notice: ["public_notice", null],
  arbitration_setaside_or_validity: ["arbitration", null],
};
const BASES = {
  divorce: "divorceBase",
  personality: "personalityBase",
  other_non_property: "otherNonProperty",
  ip: "ipNoAmount",
  jurisdiction_objection: "jurisdictionObjection",
  execution: "executionNoAmount",
} as const;
/** Kinds whose names say a reason to halve, whether or not the input repeats it. */
const SAID: Readonly<Record<string, Halving[]>> = {
  property_summary_procedure: ["summary"],
  property_mediated_ordinary: ["mediated"],
  property_mediated_in_summary: ["summary", "mediated"],
  property_withdrawn_in_summary: ["summary", "withdrawn"],
  property_withdrawn_ordinary: ["withdrawn"],
  counterclaim_joined: ["joined"],
  counterclaim_joined_in_summary: ["summary", "joined"],
  third_party_claim_joined: ["joined"],
  divorce_summary: ["summary"],
  personality_rights_summary: ["summary"],
  other_non_property_summary: ["summary"],
  labor_summary: ["summary"],
  admin_other_summary: ["summary"],
};

function asFacts({
  kind,
  input,
}: Pick<Vector, "kind" | "input">): { facts: FeeFacts; court: CourtFeeParameters } | null {
  const known = AMOUNTS[kind];
  if (!known) return null;
  const [category, field] = known;
  const halvings = [...new Set([...(SAID[kind] ?? []), ...halvingsOf(input)])];
  const base = (BASES as Partial<Record<FeeCategory, keyof CourtFeeParameters>>)[category];
  const court = base && input["base_fee"] !== undefined ? { [base]: fenOf(input["base_fee"]) } : {};
  return { facts: { category, amountFen: field ? fenOf(input[field]) : null, halvings }, court };
}

describe("the fee that follows from facts", () => {
  const mapped = vectors.flatMap((vector) => {
    const said = asFacts(vector);
    return said ? [{ ...vector, ...said }] : [];
  });

  it.each(mapped)("$id $kind is the law's own figure", ({ facts, court, expected_fee_yuan: expected }) => {
    expect(assessFee(facts, court).feeFen).toBe(fenOf(expected));
  });

  it("covers every vector that assesses a fee, and leaves out no kind of the calculator but named ones", () => {
    expect(mapped.length).toBeGreaterThan(45);
    const left = listFeeKinds()
      .map(({ kind }) => kind)
      .filter((kind) => !AMOUNTS[kind]);
    expect(left.sort()).toEqual([
      "claim_decrease_before_debate_end",
      "claim_increase",
      "maritime_claim_registration",
      "maritime_general_average",
      "maritime_injunction",
      "maritime_lien_notice",
      "maritime_limitation_fund",
      "payment_order_failed_to_litigation_supplement",
      "summary_to_ordinary_supplement",
    ]);
  });

  const amount = fc.oneof(
    fc.integer({ min: 0, max: 30_000_000_00 }),
    fc.integer({ min: 0, max: 99_999_999_999_999 }),
    // Close to every boundary of every scale.
    fc
      .tuple(
        fc.constantFrom(0.1, 1, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 8.96, 11_164),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([wan, fen]) => Math.round(wan * 1_000_000) + fen),
  );
  const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
  const run = <T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void, numRuns = 3000) =>
    fc.assert(fc.property(arbitrary, holds), { seed, numRuns });

  it(`is what the calculator quotes, for every kind both know (seed ${seed})`, () => {
    const kinds = Object.entries(AMOUNTS);
    run(fc.tuple(fc.constantFrom(...kinds), amount), ([[kind, [, field]], fen]) => {
      const yuan = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
      const input = {
        ...(field ? { [field]: field === "claims" ? [yuan] : yuan } : {}),
        ...(kind === "mixed_property_and_nonproperty" ? { non_property: 1 } : {}),
      };
      const said = asFacts({ kind, input });
      expect(assessFee(said?.facts as FeeFacts).feeFen).toBe(quoteFee(kind, input).feeFen);
    });
  });

  const category = fc.constantFrom(...(Object.keys(FEE_CATEGORIES) as FeeCategory[]));
  const halvings = fc.subarray(Object.keys(HALVINGS) as Halving[]);

  it("never falls when the amount rises, and never jumps: a fen more of a claim is at most a fen more of a fee", () => {
    run(fc.tuple(category, amount), ([of, fen]) => {
      const at = (amountFen: number) => assessFee({ category: of, amountFen, halvings: [] }).feeFen;
      const step = at(fen + 1) - at(fen);
      expect(step).toBeGreaterThanOrEqual(0);
      expect(step).toBeLessThanOrEqual(1);
    });
  });

  it("is halved once, whatever the number of reasons, and by whole fen", () => {
    run(fc.tuple(category, amount, halvings), ([of, fen, reasons]) => {
      if (!isHalvable(of)) return;
      const whole = assessFee({ category: of, amountFen: fen, halvings: [] }).feeFen;
      const { feeFen, steps } = assessFee({ category: of, amountFen: fen, halvings: reasons });
      // The half is taken of the unrounded fee: at most a fen from the half of the rounded one.
      if (reasons.length === 0) expect(feeFen).toBe(whole);
      else expect(Math.abs(2 * feeFen - whole)).toBeLessThanOrEqual(2);
      expect(Number.isSafeInteger(feeFen)).toBe(true);
      expect(steps.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(feeFen);
      expect(steps.filter(({ amountFen }) => amountFen < 0).length).toBeLessThanOrEqual(1);
    });
  });

  it("refuses to halve what the law does not halve", () => {
    for (const of of ["preservation", "execution", "payment_order", "bankruptcy", "arbitration"] as const)
      expect(() => assessFee({ category: of, amountFen: 1_000_000, halvings: ["withdrawn"] })).toThrow(/不能这样计算/);
  });

  it.each([
    ["CIV2025:108(3)", "0301", "property"],
    ["CIV2025:14", "0301", "divorce"],
    ["CIV2025:15", "0301", "property"],
    ["CIV2025:205(5)", "0301", "labor"],
    ["CIV2025:165(2)", "0301", "ip"],
    ["CIV2025:三十七", "0311", "free"],
    ["CIV2025:458", "0328", "payment_order"],
    ["CIV2025:108(3)", "0302", "appeal"],
    ["CIV2025:108(3)", "1002", null],
    ["CIV2025:484", "0321", "arbitration"],
    ["ADM2021:一", "0401", "admin_other"],
    ["ADM2021:二十", "0401", "free"],
    ["CIV2025:nobody", "9999", "property"],
  ])("%s of type %s is charged as %s", (cause, type, expected) => {
    expect(feeOfCause(cause, type).category).toBe(expected);
  });
});
