import { causeAndAbove } from "./cause-table.ts";
import type { FeeCategory } from "./fee-assess.ts";
import { readData } from "./read-data.ts";

/** What a case of a type and cause is charged by. */
export interface CauseFee {
  /** Null where nothing is asked for on acceptance. */
  readonly category: FeeCategory | null;
  readonly basis: string;
  /** Why nothing is asked for, in plain words. */
  readonly says: string;
  /** 追索劳动报酬: need not be paid beforehand (§20). */
  readonly mayWait: boolean;
}

interface Row {
  readonly category: FeeCategory | null;
  readonly basis?: string;
  readonly says?: string;
  readonly mayWait?: boolean;
}
const table = readData<{ caseTypes: (Row & { codes: string[] })[]; causes: (Row & { code: string })[] }>(
  "fee-categories",
);
const byCaseType = new Map(table.caseTypes.flatMap((row) => row.codes.map((code) => [code, row] as const)));
const byCause = new Map(table.causes.map((row) => [row.code, row]));

/**
 * By what the acceptance fee is reckoned: a case type that has a rule of its own (special procedure, execution…), else the
 * nearest cause above that has one, else property. Never throws: an unknown code is a property case.
 */
export function feeOfCause(causeCode: string, caseTypeCode: string): CauseFee {
  const causes = causeAndAbove(causeCode).flatMap((code) => byCause.get(code) ?? []);
  const nearest = causes[0];
  const ofType = byCaseType.get(caseTypeCode);
  // 行政赔偿 stays free whichever type the case was given.
  const row: Row | undefined = nearest?.category === "free" ? nearest : (ofType ?? nearest);
  return {
    category: row === undefined ? "property" : row.category,
    basis: row?.basis ?? "",
    says: row?.says ?? "",
    mayWait: nearest?.mayWait ?? false,
  };
}
