import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatYuan } from "#core/money.ts";
import { Problem } from "#core/problem.ts";
import { feeKinds } from "./fee-kinds.ts";
import { checkFeeParameters, feeTable } from "./fee-parameters.ts";
import { listFeeKinds, quoteFee } from "./fees.ts";

type Input = Record<string, unknown>;

/** Worked out by hand from 诉讼费用交纳办法; the shared vectors, where they lie beside the checkout, are run too. */
const worked: [kind: string, input: Input, yuan: string][] = [
  ["property_first_instance", { claim_amount: "0" }, "50.00"],
  ["property_first_instance", { claim_amount: "10000" }, "50.00"],
  ["property_first_instance", { claim_amount: "10001" }, "50.03"],
  ["property_first_instance", { claim_amount: "123456.78" }, "2769.14"],
  ["property_first_instance", { claim_amount: "200000" }, "4300.00"],
  ["property_first_instance", { claim_amount: "2000000" }, "22800.00"],
  ["property_first_instance", { claim_amount: "20000000" }, "141800.00"],
  ["property_first_instance", { claim_amount: "100000000" }, "541800.00"],
  ["property_summary_procedure", { claim_amount: "123456.78" }, "1384.57"],
  ["property_mediated_in_summary", { claim_amount: "300000", mediated: true, summary: true }, "2900.00"],
  ["property_withdrawn_in_summary", { claim_amount: "300000", summary: true, withdrawn: true }, "2900.00"],
  ["property_mediated_ordinary", { claim_amount: "300000", mediated: true }, "2900.00"],
  ["summary_to_ordinary_supplement", { already_paid: "2900", claim_amount: "300000" }, "2900.00"],
  ["summary_to_ordinary_supplement", { already_paid: "9000", claim_amount: "300000" }, "0.00"],
  ["claim_increase", { from: "100000", to: "200000", paid: "2300" }, "2000.00"],
  ["claim_decrease_before_debate_end", { from: "200000", to: "200000", paid: "4300" }, "0.00"],
  ["claim_decrease_before_debate_end", { from: "200000", to: "100000", paid: "1000" }, "0.00"],
  ["multiple_property_claims_same_case", { claims: ["0.01", "9999.99", "1"] }, "50.03"],
  ["mixed_property_and_nonproperty", { property: "100000", non_property: 3 }, "2300.00"],
  ["divorce", { property_total: "500000", base_fee: 300 }, "1800.00"],
  ["divorce", { property_total: "200000", base_fee: "50" }, "50.00"],
  ["divorce_summary", { property_total: "500000", base_fee: 300, summary: true }, "900.00"],
  ["personality_rights", { damages: "120000", base_fee: 300 }, "900.00"],
  ["personality_rights", { damages: "50000", base_fee: 100 }, "100.00"],
  ["personality_rights", { damages: "100000", base_fee: 500 }, "1000.00"],
  ["other_non_property", { base_fee: 100 }, "100.00"],
  ["ip_no_amount", { base_fee: 500 }, "500.00"],
  ["labor", {}, "10.00"],
  ["admin_other", {}, "50.00"],
  ["jurisdiction_objection_rejected", { base_fee: 100 }, "100.00"],
  ["execution", { amount: "10000" }, "50.00"],
  ["execution", { amount: "10000.01" }, "50.00"],
  ["execution", { amount: "123456.78" }, "1751.85"],
  ["execution", { amount: "500000" }, "7400.00"],
  ["execution_no_amount", { base_fee: 500 }, "500.00"],
  ["preservation", { amount: "1000" }, "30.00"],
  ["preservation", { amount: "500000" }, "3020.00"],
  ["preservation", { amount: "895999.99" }, "5000.00"],
  ["preservation", { amount: "896000" }, "5000.00"],
  ["preservation", { amount: "90000000" }, "5000.00"],
  ["payment_order", { amount: "123456.78" }, "923.05"],
  ["payment_order_failed_to_litigation_supplement", { amount: "10000", paid: "16.67" }, "33.33"],
  ["public_notice", {}, "100.00"],
  ["arbitration_setaside_or_validity", {}, "400.00"],
  ["bankruptcy", { estate_total: "111640000" }, "300000.00"],
  ["bankruptcy", { estate_total: "111639999" }, "300000.00"],
  ["bankruptcy", { estate_total: "111639900" }, "299999.75"],
  ["bankruptcy", { estate_total: "9999999999999.99" }, "300000.00"],
  ["maritime_general_average", {}, "1000.00"],
  ["maritime_injunction", { base_fee: 5000 }, "5000.00"],
  ["maritime_lien_notice", { base_fee: 1000 }, "1000.00"],
  ["reduction_30pct_min", { fee: "2300", reduce_ratio: "0.5" }, "1150.00"],
  ["reduction_30pct_min", { fee: "0.05", reduce_ratio: "0.333333" }, "0.03"],
  ["reduction_invalid_ratio", { fee: "2300", reduce_ratio: "0.29" }, "REJECT"],
  ["reduction_30pct_min", { fee: "2300", reduce_ratio: "1.1" }, "REJECT"],
  ["reduction_30pct_min", { fee: "2300", reduce_ratio: 0.3 }, "REJECT"],
  ["exempt_org_rejected", { aid: "exempt", party_type: "organization" }, "REJECT"],
  ["exempt_org_rejected", { aid: "免交", party_type: "法人" }, "REJECT"],
  ["invalid_negative", { claim_amount: "-0.01" }, "REJECT"],
  ["invalid_three_decimals", { claim_amount: "100.001" }, "REJECT"],
  ["invalid_base_out_of_range", { kind: "divorce", base_fee: 49.99 }, "REJECT"],
  ["invalid_base_out_of_range", { kind: "personality_rights", base_fee: 501 }, "REJECT"],
  ["invalid_base_out_of_range", { kind: "ip_no_amount", base_fee: 499 }, "REJECT"],
  ["invalid_base_out_of_range", { kind: "divorce", base_fee: 300 }, "300.00"],
  ["divorce", { property_total: "0", base_fee: 301 }, "REJECT"],
  ["divorce", { base_fee: 300 }, "REJECT"],
  ["other_non_property", { base_fee: 101 }, "REJECT"],
  ["maritime_limitation_fund", { base_fee: 10001 }, "REJECT"],
  ["execution_no_amount", { base_fee: 49 }, "REJECT"],
  ["property_first_instance", {}, "REJECT"],
  ["property_first_instance", { claim_amount: 100 }, "REJECT"],
  ["property_first_instance", { claim_amount: "1e3" }, "REJECT"],
  ["property_first_instance", { claim_amount: "１００" }, "REJECT"],
  ["property_first_instance", { claim_amount: " 5" }, "REJECT"],
  ["property_first_instance", { claim_amount: "100", summary: true }, "REJECT"],
  ["property_first_instance", { claim_amount: "100", extra: 1 }, "REJECT"],
  ["property_summary_procedure", { claim_amount: "100", summary: false }, "REJECT"],
  ["labor", { claim_amount: "100" }, "REJECT"],
  ["multiple_property_claims_same_case", { claims: [] }, "REJECT"],
  ["multiple_property_claims_same_case", { claims: ["1", 2] }, "REJECT"],
  ["mixed_property_and_nonproperty", { property: "1", non_property: -1 }, "REJECT"],
  ["claim_increase", { from: "200000", to: "100000", paid: "4300" }, "REJECT"],
  ["claim_decrease_before_debate_end", { from: "1", to: "2", paid: "50" }, "REJECT"],
  ["divorce", { property_total: "0", base_fee: -50 }, "REJECT"],
  ["divorce", { property_total: "0", base_fee: Number.NaN }, "REJECT"],
  ["no_such_kind", {}, "REJECT"],
  ["constructor", {}, "REJECT"],
];

const file = new URL("../../../../../shared/vectors/fees.json", import.meta.url);
const shared = existsSync(file)
  ? (JSON.parse(readFileSync(file, "utf8")) as {
      vectors: { id: string; kind: string; input: Input; expected_fee_yuan: string }[];
      kinds: Record<string, { input: string[] }>;
    })
  : null;

describe("fees", () => {
  test.each(worked)("%s %j → %s", (kind, input, yuan) => expect(outcome(kind, input)).toBe(yuan));

  test("the shared vectors", () => {
    for (const { id, kind, input, expected_fee_yuan } of shared?.vectors ?? [])
      expect([id, outcome(kind, input)]).toEqual([id, expected_fee_yuan]);
    const special = [
      "reduction_30pct_min",
      "reduction_invalid_ratio",
      "exempt_org_rejected",
      "invalid_negative",
      "invalid_three_decimals",
      "invalid_base_out_of_range",
    ];
    for (const [kind, { input }] of Object.entries(shared?.kinds ?? {})) {
      if (special.includes(kind)) continue;
      expect([kind, Object.keys(feeKinds[kind]?.inputs ?? { missing: 1 }).sort()]).toEqual([kind, input.sort()]);
    }
  });

  test("a cause is charged as its notice would be, without anybody choosing a kind", () => {
    const of = (cause: string, amount?: string) =>
      quoteFee("of_cause", { cause, ...(amount === undefined ? {} : { amount }) });
    expect(of("CIV2025:108(3)", "50000")).toEqual(quoteFee("property_first_instance", { claim_amount: "50000" }));
    expect(of("CIV2025:14", "0").feeFen).toBe(quoteFee("divorce", { property_total: "0" }).feeFen);
    expect(of("CIV2025:205(5)", "30000").feeFen).toBe(1_000);
    expect(of("CIV2025:108(3)").feeFen).toBe(quoteFee("other_non_property", {}).feeFen);
    const free = of("ADM2021:二十", "50000");
    expect([free.feeFen, free.steps[0]?.label]).toEqual([0, "行政赔偿案件不交纳案件受理费"]);
    expect(() => of("CIV2025:99999")).toThrow(/fee.invalid_input|信息|费用/);
    expect(() => quoteFee("of_cause", { cause: "CIV2025:14", amount: "1", more: "x" })).toThrow();
  });

  test("what a court has set takes the place of a base fee left out; without it the law's lower bound, and the step says so", () => {
    expect(quoteFee("divorce", { property_total: "0" }, { divorceBase: 20_000 }).feeFen).toBe(20_000);
    const neutral = quoteFee("divorce", { property_total: "0" });
    expect(neutral.feeFen).toBe(5_000);
    expect(neutral.steps[0]?.label).toContain("法定下限");
    for (const [kind, { inputs }] of Object.entries(feeKinds)) {
      if (!("base_fee" in inputs)) continue;
      const rest = Object.fromEntries(
        Object.entries(inputs)
          .filter(([, type]) => type === "amount")
          .map(([field]) => [field, "0"]),
      );
      expect(quoteFee(kind, rest).feeFen).toBeGreaterThan(0);
    }
  });

  test("courts' parameters stay within the bounds of the law", () => {
    expect(checkFeeParameters({ divorceBase: 30_000, ipNoAmount: 50_000 })).toEqual([]);
    expect(
      checkFeeParameters({ divorceBase: 30_001, otherNonProperty: 4_999, executionNoAmount: 50.5 }).map(
        (error) => error.pointer,
      ),
    ).toEqual(["/divorceBase", "/otherNonProperty", "/executionNoAmount"]);
  });

  test("a court may round to whole yuan", () => {
    const amount = { claim_amount: "123456.78" };
    expect(quoteFee("property_first_instance", amount, { rounding: "yuan_half_up" }).feeFen).toBe(276_900);
    expect(quoteFee("property_summary_procedure", amount, { rounding: "yuan_half_up" }).feeFen).toBe(138_500);
    expect(quoteFee("property_summary_procedure", amount, { rounding: "yuan_floor" }).feeFen).toBe(138_400);
  });

  test("every kind answers with steps that add up, and names its articles", () => {
    for (const { kind } of listFeeKinds()) {
      const input: Input = {};
      for (const [field, type] of Object.entries(feeKinds[kind]!.inputs)) {
        if (type === "amount") input[field] = "333333.33";
        if (type === "amounts") input[field] = ["333333.33", "0.01"];
      }
      const { feeFen, steps, basis } = quoteFee(kind, input);
      expect([kind, steps.reduce((sum, step) => sum + step.amountFen, 0)]).toEqual([kind, feeFen]);
      expect(basis.length).toBeGreaterThan(0);
      expect(steps.every((step) => step.basis !== "" && step.label !== "")).toBe(true);
    }
  });

  test("the scales rise, have no jump at any boundary, and halving halves once", () => {
    const fee = (kind: string, field: string, fen: number): number =>
      quoteFee(kind, { [field]: formatYuan(fen) }).feeFen;
    const kinds = [
      ["property_first_instance", "claim_amount", "property"],
      ["execution", "amount", "execution"],
      ["preservation", "amount", "preservation"],
      ["payment_order", "amount", "property"],
      ["bankruptcy", "estate_total", "property"],
    ] as const;
    const amount = fc.oneof(
      fc.integer({ min: 0, max: 3_000_000_000 }),
      fc.integer({ min: 0, max: 999_999_999_999_999 }),
    );
    for (const [kind, field, scale] of kinds) {
      fc.assert(
        fc.property(
          amount,
          fc.integer({ min: 0, max: 1_000_000 }),
          (fen, more) => fee(kind, field, Math.min(fen + more, 999_999_999_999_999)) >= fee(kind, field, fen),
        ),
      );
      for (const { upTo } of feeTable.scales[scale].bands) {
        if (upTo !== null)
          expect(fee(kind, field, upTo * 100 + 1) - fee(kind, field, upTo * 100 - 1)).toBeLessThanOrEqual(1);
      }
    }
    fc.assert(
      fc.property(amount, (fen) => {
        const full = fee("property_first_instance", "claim_amount", fen);
        const halves = [
          "property_summary_procedure",
          "property_mediated_in_summary",
          "property_withdrawn_in_summary",
          "property_withdrawn_ordinary",
        ].map((kind) => fee(kind, "claim_amount", fen));
        return halves.every((half) => half === halves[0] && Math.abs(2 * half - full) <= 1);
      }),
    );
  });

  test("the bands agree with the table of quick reckoning (amount × rate + addend)", () => {
    const quick: [above: number, permille: number, add: number][] = [
      [20_000_000, 5, 41_800],
      [10_000_000, 6, 21_800],
      [5_000_000, 7, 11_800],
      [2_000_000, 8, 6_800],
      [1_000_000, 9, 4_800],
      [500_000, 10, 3_800],
      [200_000, 15, 1_300],
      [100_000, 20, 300],
      [10_000, 25, -200],
    ];
    fc.assert(
      fc.property(fc.integer({ min: 1_000_001, max: 99_999_999_999 }), (fen) => {
        const [, permille = 0, add = 0] = quick.find(([above]) => fen > above * 100)!;
        const thousandths = BigInt(fen) * BigInt(permille) + BigInt(add) * 100_000n;
        return (
          quoteFee("property_first_instance", { claim_amount: formatYuan(fen) }).feeFen ===
          Number((thousandths * 2n + 1000n) / 2000n)
        );
      }),
    );
  });
});

function outcome(kind: string, input: Input): string {
  try {
    return formatYuan(quoteFee(kind, input).feeFen);
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return "REJECT";
    throw error;
  }
}
