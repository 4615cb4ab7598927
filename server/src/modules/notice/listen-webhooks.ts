import type { Means } from "#modules/module.ts";
import type { Facts } from "./catalogue.ts";
import { type Hearers, tell } from "./tell.ts";

const NO_CASE: Facts = { matter: "", courtName: "诉通", receiptNumber: "", caseNumber: "", dueOn: "", round: 0 };

/** Whoever has a program that is told of changes hears when it is told no more. */
export function webhookMessages(means: Means): Hearers {
  return {
    async "webhook.paused"({ accountId, webhookId }, told) {
      const link = { kind: "webhook", id: webhookId };
      await tell(means, { ...told, accountId, template: "webhook.paused", facts: NO_CASE, link });
    },
  };
}
