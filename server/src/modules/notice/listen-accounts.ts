import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

const NOTHING: Facts = { matter: "", courtName: "", receiptNumber: "", caseNumber: "", dueOn: "", round: 0 };

/** What somebody hears of their own account, where others decided on it. */
export function accountMessages(means: Means): Hearers {
  const tellOwn = (accountId: string, told: Occasion, template: TemplateName): Promise<void> =>
    tellEach(means, told, [accountId], template, { facts: NOTHING, link: null });
  return {
    "identity.reviewed": ({ accountId, action }, told) =>
      tellOwn(accountId, told, action === "reject" ? "identity.rejected" : "identity.approved"),
    "identity.unbound": ({ accountId }, told) => tellOwn(accountId, told, "identity.unbound"),
    "practice.verified": ({ accountId }, told) => tellOwn(accountId, told, "practice.verified"),
    "practice.rejected": ({ accountId }, told) => tellOwn(accountId, told, "practice.rejected"),
  };
}
