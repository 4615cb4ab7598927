/** Of which duty an event tells, and whose it is. */
export interface OfObligation {
  readonly obligationId: string;
  readonly caseId: string;
  readonly partyKey: string;
  readonly rule: string;
  readonly dueOn: string;
}

interface OfWebhook {
  readonly webhookId: string;
  readonly accountId: string;
}

declare module "#core/outbox.ts" {
  interface EventMap {
    /** An input has become another one, and with it the last day. */
    "obligation.changed": OfObligation & { readonly before: string };
    /** Timers: so many days are left; the last day has ended. What has become another day meanwhile is not theirs. */
    "obligation.due_soon": OfObligation & { readonly daysLeft: number };
    "obligation.due": OfObligation;
    /** The last day passed and nothing had been done here. */
    "obligation.expired": OfObligation;
    /** One of the party's people says it is done, or not done after all. */
    "obligation.marked": OfObligation & { readonly state: string };
    /** Programs that are told of changes. */
    "webhook.made": OfWebhook;
    "webhook.revoked": OfWebhook;
    "webhook.secret_changed": OfWebhook;
    "webhook.replayed": OfWebhook;
    /** It has not answered for a day, or said that it is gone. */
    "webhook.paused": OfWebhook;
    /** The court has settled what periods of the case depend on. */
    "period.set": { readonly caseId: string };
  }
}
