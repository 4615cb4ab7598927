import type { Coded, IntakeItem, Move, Named } from "./contract.ts";

export interface Series {
  id: string;
  basis: Coded;
  /** Whose filings these are. */
  name: string;
  cause: Named | null;
  counts: { all: number; open: number; correction: number; decided: number; duplicates: number };
  firstReceivedAt: string;
  dueOn: string | null;
  open: boolean;
  moves: Move[];
}
export interface SeriesResult {
  itemId: string;
  title: string;
  outcome: "done" | "refused" | "pending";
  code: string | null;
  message: string;
  caseNumber: string | null;
}
export interface SeriesMove {
  id: string;
  action: string;
  at: string;
  counts: { done: number; refused: number; pending: number };
  results: SeriesResult[];
}
export interface SeriesDetail extends Series {
  items: IntakeItem[];
  nextCursor: string | null;
  lastMove: Omit<SeriesMove, "results"> | null;
}
