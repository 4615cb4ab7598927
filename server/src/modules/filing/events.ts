import type { FilingAction, FilingState } from "./workflow.ts";

/** A filing changed its state. Listeners hear of every move under one name. */
export interface FilingMoved {
  readonly filingId: string;
  /** The account that filed. */
  readonly accountId: string;
  readonly action: FilingAction;
  readonly from: FilingState;
  readonly to: FilingState;
  /** 1 for the first submission, 2 after the first correction… */
  readonly round: number;
}

export interface FilingRevealed {
  readonly filingId: string;
  readonly pointer: string;
  readonly reason: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "filing.opened": { readonly filingId: string };
    "filing.moved": FilingMoved;
    /** A personal field was read in the clear by the court's people. */
    "filing.revealed": FilingRevealed;
    /** The court's people took a copy on paper. */
    "filing.printed": { readonly filingId: string; readonly paper: string };
    /** Timers: the time for correction, or for mediation, has passed. */
    "filing.correction_due": { readonly filingId: string; readonly round: number };
    "filing.mediation_due": { readonly filingId: string; readonly round: number };
  }
}
