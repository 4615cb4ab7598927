/** Of which notice an event tells, and of which case. */
interface NoticeFacts {
  readonly noticeId: string;
  readonly caseId: string;
  /** Who is to pay; "0" where they have no account here. */
  readonly accountId: string;
  /** `acceptance`, `counterclaim:d1`, … */
  readonly source: string;
}
/** How a period began: with the notice itself, a recorded service, an act of the payer, something new that was sent. */
export type ServedBy = "issue" | "service" | "acting" | "fresh";
interface ReliefFacts extends NoticeFacts {
  readonly reliefId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    "fee.issued": NoticeFacts;
    /** The time to pay begins: once for every period. */
    "fee.served": NoticeFacts & { readonly dueOn: string; readonly why: ServedBy };
    /** Timers: two days are left; the last day has ended. */
    "fee.due_soon": NoticeFacts & { readonly dueOn: string };
    "fee.due": NoticeFacts & { readonly dueOn: string };
    "fee.overdue": NoticeFacts & { readonly dueOn: string };
    "fee.paid": NoticeFacts & { readonly dueFen: number };
    "fee.changed": NoticeFacts & {
      readonly changeId: string;
      readonly reason: string;
      readonly beforeFen: number;
      readonly afterFen: number;
    };
    /** More has been paid than is due any more: it is to be given back. */
    "fee.refund_due": NoticeFacts & { readonly changeId: string; readonly amountFen: number };
    "fee.relief_requested": ReliefFacts & { readonly kind: string };
    "fee.relief_decided": ReliefFacts & { readonly kind: string; readonly state: string };
    "fee.relief_withdrawn": ReliefFacts & { readonly kind: string };
    "fee.exempted": NoticeFacts;
    "fee.deemed_withdrawn": NoticeFacts;
    "fee.closed": NoticeFacts;
  }
}

export const factsOf = (notice: {
  id: string;
  caseId: string;
  accountId: string;
  courtCode: string;
  source: string;
}) => ({
  about: `fee_notice:${notice.id}`,
  courtCode: notice.courtCode,
  noticeId: String(notice.id),
  caseId: String(notice.caseId),
  accountId: String(notice.accountId),
  source: notice.source,
});
