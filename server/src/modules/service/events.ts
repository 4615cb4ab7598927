interface OfService {
  readonly serviceId: string;
  readonly caseId: string;
  /** Who is served. */
  readonly partyKey: string;
  readonly documentKind: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    /** A document lies at the desk to be sent, proposed by the case itself. */
    "service.proposed": OfService & { readonly dueOn: string };
    "service.sent": OfService & { readonly channel: string };
    /** 送达 took effect for the first time; the periods that follow begin with this day. */
    "service.effective": OfService & { readonly effectiveOn: string; readonly presumed: boolean };
    /** The day has become another one; `after` is null where service turned out not to have happened. */
    "service.effect_changed": OfService & { readonly before: string; readonly after: string | null };
    "service.contested": OfService & { readonly contestId: string };
    "service.contest_decided": OfService & { readonly contestId: string; readonly accepted: boolean };
    /** The way that was tried is over; another one must be taken. */
    "service.failed": OfService & { readonly channel: string };
    "service.paper_asked": OfService;
    /** A document lies here in another language, too. */
    "service.translated": OfService & { readonly language: string; readonly source: "human" | "machine" };
    "service.cancelled": OfService;
    "service.address_confirmed": { readonly caseId: string; readonly partyKey: string; readonly electronic: boolean };
    /** A timer: the day on which a public notice has run its time. */
    "service.effect_due": { readonly serviceId: string };
    /** A timer: no answer and no reading at an address nobody had confirmed. */
    "service.unanswered": { readonly serviceId: string; readonly attemptId: string };
  }
}

export {};
