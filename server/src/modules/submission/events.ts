interface OfSubmission {
  readonly submissionId: string;
  readonly caseId: string;
  readonly accountId: string;
  readonly partyKey: string;
  readonly kind: string;
  readonly application: string | null;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    /** `open`: whether the other parties read it at once. */
    "submission.submitted": OfSubmission & { readonly open: boolean };
    /** `opened`: the other parties read it from now on. */
    "submission.received": OfSubmission & { readonly opened: boolean };
    "submission.returned": OfSubmission;
    /** `open`: whether the other parties may know of it. */
    "submission.granted": OfSubmission & { readonly open: boolean };
    "submission.refused": OfSubmission & { readonly open: boolean };
    /** What was kept from the other parties until it was dealt with is theirs to read from now on. */
    "submission.disclosed": OfSubmission;
    /** `wasOpen`: the other parties had read it. */
    "submission.withdrawn": OfSubmission & { readonly wasOpen: boolean };
  }
}

export {};
