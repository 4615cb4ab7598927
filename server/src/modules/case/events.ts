declare module "#core/outbox.ts" {
  interface EventMap {
    "case.opened": { readonly caseId: string; readonly filingId: string; readonly accountId: string };
    /** The court's inner system has taken the case over. */
    "case.registered": { readonly caseId: string };
    /** 按撤诉处理. */
    "case.deemed_withdrawn": { readonly caseId: string };
  }
}

export {};
