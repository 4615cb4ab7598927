import type { Role } from "#core/actor.ts";
import type { Ending } from "./model.ts";
import type { ReviewAction, ShownProof, StaffAction } from "./workflow.ts";

declare module "#core/outbox.ts" {
  interface EventMap {
    "session.opened": { readonly sessionId: string; readonly by: "wechat" | "staff" | "link" };
    /** A member of staff could not sign in. `about` is the account where the name belongs to one, else `account:0`. */
    "session.refused": { readonly reason: "password" | "totp" | "locked" | "disabled" | "expired" };
    /** A program may read in somebody's name from now on; no more. */
    "token.made": { readonly tokenId: string };
    "token.revoked": { readonly tokenId: string };
    "session.ended": { readonly sessionId: string; readonly why: Ending };
    /** A refresh token that was traded in before was shown again: a copy is about, and the session was ended. */
    "session.refresh_reused": { readonly sessionId: string };
    "identity.verified": { readonly accountId: string };
    "identity.failed": { readonly accountId: string; readonly reason: "mismatch" | "unknown" | "bound" };
    "identity.review_opened": { readonly reviewId: string; readonly accountId: string };
    "identity.reviewed": { readonly reviewId: string; readonly accountId: string; readonly action: ReviewAction };
    /** The document went to another account after a review. */
    "identity.unbound": { readonly accountId: string; readonly reviewId: string };
    /** Name and document were read in the clear by the court's people. */
    "identity.revealed": { readonly accountId: string; readonly reason: string };
    "account.phone_bound": { readonly accountId: string };
    "practice.declared": { readonly accountId: string };
    "practice.verified": { readonly accountId: string };
    "practice.rejected": { readonly accountId: string };
    "practice.revealed": { readonly accountId: string; readonly reason: string };
    "staff.created": { readonly accountId: string; readonly role: Role };
    "staff.moved": { readonly accountId: string; readonly action: StaffAction };
    "staff.role_changed": { readonly accountId: string; readonly from: Role; readonly to: Role };
    /** `shown`: by what the administrator knew whom they gave them to. */
    "staff.credentials_reset": { readonly accountId: string; readonly shown: ShownProof };
    /** Name or title were changed. */
    "staff.described": { readonly accountId: string };
    "staff.absence_noted": { readonly accountId: string; readonly absenceId: string };
    "staff.absence_removed": { readonly accountId: string; readonly absenceId: string };
    /** A timer: the first day away begins. */
    "staff.absence_begun": { readonly accountId: string; readonly absenceId: string };
    "staff.password_changed": { readonly accountId: string };
  }
}
