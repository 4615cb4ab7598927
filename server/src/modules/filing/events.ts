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

/** A confirmation by link: `confirmationId` is the offer, not the person. */
export interface ConfirmationTold {
  readonly filingId: string;
  readonly confirmationId: string;
  readonly kind: "agency" | "cosign";
  /** The account that filed. */
  readonly ownerId: string;
}

export interface FilingRevealed {
  readonly filingId: string;
  readonly pointer: string;
  readonly reason: string;
}

/** Somebody helps to fill in a draft: `helperId` is the help, not the person. */
export interface HelpFacts {
  readonly filingId: string;
  readonly helperId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "filing.opened": { readonly filingId: string };
    "filing.moved": FilingMoved;
    /** A personal field was read in the clear by the court's people. */
    "filing.revealed": FilingRevealed;
    /** The court's people took a copy on paper. */
    "filing.printed": { readonly filingId: string; readonly paper: string };
    /** Somebody was asked to help, came, wrote, and left; the one who files looked at what they wrote. */
    "filing.helper_offered": HelpFacts & { readonly minutes: number };
    "filing.helper_joined": HelpFacts & { readonly accountId: string };
    "filing.helper_edited": HelpFacts & { readonly version: number; readonly paths: readonly string[] };
    "filing.helper_ended": HelpFacts & { readonly by: "owner" | "helper" | "time" | "move" };
    "filing.helper_confirmed": HelpFacts & { readonly edits: number };
    /** A timer: the agreed time of help is over. */
    "filing.helper_due": HelpFacts;
    /** A link went out; the one asked said yes or no, or took it back. */
    "confirmation.offered": Omit<ConfirmationTold, "ownerId">;
    "confirmation.confirmed": ConfirmationTold;
    "confirmation.declined": ConfirmationTold;
    "confirmation.withdrawn": ConfirmationTold;
    /** A timer: nobody took the link up. */
    "confirmation.due": Pick<ConfirmationTold, "filingId" | "confirmationId">;
    /** A draft that was never handed in, and not touched for a year, is gone. */
    "filing.forgotten": { readonly filingId: string };
    /** Timers: the time for correction, or for mediation, has passed. */
    "filing.correction_due": { readonly filingId: string; readonly round: number };
    "filing.mediation_due": { readonly filingId: string; readonly round: number };
  }
}
