import type { Named } from "./contract.ts";

export interface Counted {
  received: number;
  decided: number;
  accepted: number;
  returned: number;
  refused: number;
  transferred: number;
  mediated: number;
  /** Of what was judged in its first round, the share that was accepted there and then. */
  firstPass: number | null;
}
export interface CourtFigures {
  from: string;
  until: string;
  totals: Counted & {
    late: number;
    medianHours: number | null;
    p90Hours: number | null;
    meanRounds: number | null;
  };
  periods: (Counted & { begins: string })[];
  causes: (Counted & { cause: Named })[];
}
export interface ClerkShare {
  clerk: { id: string; name: string };
  done: number;
  of: number;
  rate: number;
  othersRate: number;
  /** Standard deviations from the others; null: too few to compare. */
  z: number | null;
  flagged: boolean;
}
export interface Measure {
  code: string;
  label: string;
  clerks: ClerkShare[];
}
export interface Consistency {
  from: string;
  until: string;
  measures: Measure[];
  explanation: string;
}
