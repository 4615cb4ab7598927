interface OfThread {
  readonly threadId: string;
  readonly caseId: string | null;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "thread.opened": OfThread & {
      readonly accountId: string;
      readonly partyKey: string | null;
      readonly ownerId: string;
    };
    /** Somebody wrote. `toAll`: an answer that all parties of the case are to know. */
    "thread.message": OfThread & {
      readonly n: number;
      readonly side: "party" | "court";
      readonly accountId: string;
      readonly partyKey: string | null;
      readonly ownerId: string;
      readonly toAll: boolean;
      readonly reopened: boolean;
    };
    /** A timer: rung 1 and 2 of the ladder while the court is awaited; 0: silence after an answer closes the thread. */
    "thread.due": OfThread & { readonly turn: number; readonly rung: number };
    "thread.escalated": OfThread & { readonly rung: number; readonly toId: string; readonly ownerId: string };
    "thread.reassigned": OfThread & { readonly fromId: string; readonly toId: string; readonly why: Why };
    /** `nobody`: by itself, after an answer that nobody had a word to add to. */
    "thread.closed": OfThread & { readonly by: "court" | "party" | "nobody" };
    "thread.rated": OfThread & { readonly rating: number };
    /** A timer: the first day after an absence. */
    "contact.absence_over": { readonly accountId: string };
    "contact.duty_changed": { readonly staffIds: readonly string[] };
    "contact.template_changed": { readonly templateId: string };
  }
}

/** Why a thread came to another: by hand, its owner is away, is back, left the court, or the case has other people now. */
export type Why = "hand" | "away" | "back" | "gone" | "case";
