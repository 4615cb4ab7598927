import type { FieldError } from "#core/problem.ts";
import { readData } from "./read-data.ts";

export type FeeParameterName =
  | "divorceBase"
  | "personalityBase"
  | "otherNonProperty"
  | "ipNoAmount"
  | "jurisdictionObjection"
  | "executionNoAmount"
  | "maritimeLimitationFund"
  | "maritimeInjunction"
  | "maritimeLienNotice";

/** 办法没有规定取整；各地做法由法院配置。 */
export type FeeRounding = "fen" | "yuan_half_up" | "yuan_floor";

/** What a court has set within the bounds of the law, in fen; what it left out is the neutral value of fees.json. */
export type CourtFeeParameters = Readonly<Partial<Record<FeeParameterName, number>>> & {
  readonly rounding?: FeeRounding;
};

export interface Band {
  readonly upTo: number | null;
  readonly permille: number;
}

export interface Scale {
  readonly label: string;
  readonly basis: string;
  readonly base: number;
  readonly bands: readonly Band[];
  readonly cap?: number;
}

interface FeeTable {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly scales: Readonly<
    Record<"property" | "divorceProperty" | "personalityDamages" | "execution" | "preservation", Scale>
  >;
  readonly fixed: Readonly<Record<string, { yuan: number; label: string; basis: string }>>;
  readonly bankruptcyCap: number;
  readonly leastReduction: string;
  readonly parameters: Readonly<
    Record<FeeParameterName, { min: number; max: number; default: number; label: string; basis: string }>
  >;
}

/** 诉讼费用交纳办法 as data: amounts in yuan, rates per mille. */
export const feeTable = readData<FeeTable>("fees");

/** The bounds of the law in fen, and the neutral value used where the court set none. */
export function feeBounds(name: FeeParameterName): {
  minFen: number;
  maxFen: number;
  defaultFen: number;
  label: string;
  basis: string;
} {
  const { min, max, default: neutral, label, basis } = feeTable.parameters[name];
  return { minFen: min * 100, maxFen: max * 100, defaultFen: neutral * 100, label, basis };
}

/** What is wrong with a court's parameters before they are saved: beyond the bounds of §13 and §14, or not whole fen. */
export function checkFeeParameters(parameters: CourtFeeParameters): FieldError[] {
  const found: FieldError[] = [];
  for (const name of Object.keys(feeTable.parameters) as FeeParameterName[]) {
    const fen = parameters[name];
    if (fen === undefined) continue;
    const { minFen, maxFen, label, basis } = feeBounds(name);
    if (Number.isSafeInteger(fen) && fen >= minFen && fen <= maxFen) continue;
    const message = `${label}须在 ${minFen / 100} 元至 ${maxFen / 100} 元之间（${basis}）`;
    found.push({ pointer: `/${name}`, code: "out_of_bounds", message });
  }
  return found;
}
