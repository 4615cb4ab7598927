import { expect, test } from "vitest";
import type { Correction, Difference } from "@/api/contract.ts";
import { visibleBefore } from "./one-shot.ts";

const line = (code: string, pointer: string) => ({ code, pointer, note: "" });
const corrections = [
  { round: 1, defects: [{ code: "address_missing", pointer: "/parties/p2/address" }] },
] as unknown as Correction[];
const difference: Difference = {
  round: 2,
  changes: [{ pointer: "/facts", label: "", before: "", after: "" }],
  materials: { added: [{ id: "9", name: "" }], removed: [] },
};

test("what has not changed and was not told before could have been told then", () => {
  const lines = [
    line("claim_unclear", "/claims/c1/text"),
    line("facts_unclear", "/facts"),
    line("address_missing", "/parties/p2/address"),
    line("evidence_unreadable", "/materials/9#page=2"),
    line("evidence_unreadable", "/materials/4"),
    line("", "/claims/c2/text"),
  ];
  expect(visibleBefore(lines, corrections, difference)).toEqual([lines[0], lines[4]]);
});

test("in the first round, or while the difference is not known, nothing is said", () => {
  expect(visibleBefore([line("claim_unclear", "/claims")], [], difference)).toEqual([]);
  expect(visibleBefore([line("claim_unclear", "/claims")], corrections, null)).toEqual([]);
});
