interface OfRequest {
  readonly requestId: string;
  readonly caseId: string;
  readonly accountId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    /** Something came into the dossier of a case; what it is, only its readers are told. */
    "dossier.item_added": { readonly caseId: string; readonly itemId: string };
    /** The court moved it in the catalogue. */
    "dossier.item_placed": { readonly caseId: string; readonly itemId: string };
    "dossier.item_withdrawn": { readonly caseId: string; readonly itemId: string };
    /** 阅卷: who read what stands in the log; `itemId` null: the whole as one file. */
    "dossier.read": { readonly caseId: string; readonly itemId: string | null; readonly pages: string };
    "dossier.requested": OfRequest;
    "dossier.request_granted": OfRequest & { readonly until: string };
    "dossier.request_refused": OfRequest;
    "dossier.request_withdrawn": OfRequest;
    "dossier.request_ended": OfRequest;
    /** A timer: the hours in which the court decides are over. */
    "dossier.request_due": { readonly requestId: string; readonly caseId: string };
    "dossier.inner_added": { readonly caseId: string; readonly innerItemId: string };
    "dossier.inner_placed": { readonly caseId: string; readonly innerItemId: string };
    "dossier.inner_read": { readonly caseId: string; readonly innerItemId: string };
  }
}

export {};
