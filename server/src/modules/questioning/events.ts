import type { QuestioningAction } from "./workflow.ts";

declare module "#core/outbox.ts" {
  interface EventMap {
    "questioning.asked": OfQuestioning;
    /** `was`: the state before it; `invited`: who had a place in it then, besides the bench (unknown of moves made by older versions). */
    "questioning.moved": OfQuestioning & {
      readonly action: QuestioningAction;
      readonly was: string;
      readonly invited?: readonly string[];
    };
    /** A link was made for an officer of the custody place; `opened`: and used. */
    "questioning.linked": OfQuestioning & { readonly opened: boolean };
    "custody.changed": { readonly placeId: string };
  }
}
interface OfQuestioning {
  readonly questioningId: string;
  readonly caseId: string;
}

export type { OfQuestioning };
