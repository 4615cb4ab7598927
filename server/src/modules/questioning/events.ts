import type { QuestioningAction } from "./workflow.ts";

declare module "#core/outbox.ts" {
  interface EventMap {
    "questioning.asked": OfQuestioning;
    /** `was`: the state before it. */
    "questioning.moved": OfQuestioning & { readonly action: QuestioningAction; readonly was: string };
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
