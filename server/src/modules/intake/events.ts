import type { IntakeAction } from "./workflow.ts";

declare module "#core/outbox.ts" {
  interface EventMap {
    "intake.enqueued": { readonly itemId: string; readonly filingId: string; readonly round: number };
    /** Claimed, released, extended, skipped, assigned, or decided. */
    "intake.moved": {
      readonly itemId: string;
      readonly filingId: string;
      readonly action: IntakeAction;
      readonly fence: string;
      readonly reason: string;
    };
    /** Filings of one plaintiff, or one agent, and cause in the same words were put together. */
    "intake.series_found": { readonly seriesId: string };
    /** A supervisor had something told in a second round; the codes that could have been told in the first are named. */
    "intake.overridden": {
      readonly filingId: string;
      readonly round: number;
      readonly codes: readonly string[];
      readonly visibleBefore: readonly string[];
    };
    "intake.template_changed": { readonly what: "added" | "changed" | "removed" };
    "intake.routing_changed": { readonly what: string };
    /** A timer: the review period will soon end. */
    "intake.escalation_due": { readonly itemId: string; readonly round: number };
    /** The supervisors are told that a filing is about to pass its period. */
    "intake.escalated": { readonly itemId: string; readonly filingId: string; readonly dueOn: string };
  }
}
