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
    "submission.received": OfSubmission;
    "submission.returned": OfSubmission;
    "submission.granted": OfSubmission;
    "submission.refused": OfSubmission;
    "submission.withdrawn": OfSubmission;
  }
}

export {};
