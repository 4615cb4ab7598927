import type { HearingKind, HearingMode, SeatRole } from "./workflow.ts";

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
    /** Consent or a bar (在线诉讼规则§4, §21) has made another mode of it. */
    "hearing.mode_changed": OfHearing & { readonly before: HearingMode; readonly wasNotified: boolean };
    /** A party has said whether it takes part online. */
    "hearing.consent_given": OfHearing & { readonly partyKey: string; readonly answer: "yes" | "no" };
    /** A courtroom has to be found by hand: one of the parties comes in person, and none was free. */
    "hearing.room_needed": OfHearing & { readonly startsAt: string };
    /** A party wants another time; the others strike dates. */
    "hearing.change_asked": OfHearing & { readonly partyKey: string; readonly expiresAt: string };
    /** No date suits everybody, or dates could not be found: the court settles it. `purpose`: a first time, or a change. */
    "hearing.undecided": OfHearing & { readonly purpose: "first" | "change"; readonly partyKey: string | null };
    /** A timer: the time for striking dates is over. */
    "hearing.answers_due": { readonly hearingId: string; readonly negotiationId: string };
    /** A timer: so long before the sitting; it says nothing where the time has become another one. */
    "hearing.reminder": OfHearing & { readonly startsAt: string; readonly before: "7d" | "3d" | "1d" | "1h" };
    /** Whoever has just been given a place sits elsewhere at that time: the court has to find another. */
    "hearing.seat_taken": OfHearing & { readonly role: SeatRole };
    /** A room, an assessor, or when they can be booked. */
    "resource.changed": { readonly resourceId: string };
    "resource.absence_stated": { readonly resourceId: string; readonly absenceId: string };
    "resource.absence_removed": { readonly resourceId: string; readonly absenceId: string };
    "resource.calendar_imported": { readonly resourceId: string; readonly count: number };
  }
}
