import type { HearingKind, HearingMode } from "./workflow.ts";

interface OfHearing {
  readonly hearingId: string;
  readonly caseId: string;
  readonly kind: HearingKind;
  readonly mode: HearingMode;
}
interface Fixed extends OfHearing {
  readonly startsAt: string;
  readonly endsAt: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    /** The parties may strike dates until then. */
    "hearing.proposed": OfHearing & { readonly expiresAt: string };
    "hearing.fixed": Fixed;
    "hearing.notified": Fixed;
    /** 改期: everybody is told both times. */
    "hearing.changed": Fixed & {
      readonly before: { readonly startsAt: string; readonly endsAt: string; readonly roomId: string | null };
      readonly after: { readonly startsAt: string; readonly endsAt: string; readonly roomId: string | null };
      readonly wasNotified: boolean;
    };
    /** `nextId`: the sitting that follows. */
    "hearing.adjourned": OfHearing & {
      readonly startsAt: string | null;
      readonly reasonCode: string;
      readonly nextId: string | null;
      readonly wasNotified: boolean;
    };
    "hearing.cancelled": OfHearing & { readonly startsAt: string | null; readonly wasNotified: boolean };
    "hearing.held": Fixed;
    /** A room, an assessor, or when they can be booked. */
    "resource.changed": { readonly resourceId: string };
    "resource.absence_stated": { readonly resourceId: string; readonly absenceId: string };
    "resource.absence_removed": { readonly resourceId: string; readonly absenceId: string };
    "resource.calendar_imported": { readonly resourceId: string; readonly count: number };
  }
}
