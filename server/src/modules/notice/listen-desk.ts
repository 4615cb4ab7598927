import { handlersOf, listCases } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import { findObligation, ruleOf } from "#modules/desk/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Hearers, type Occasion, tell } from "./tell.ts";

/** Money and sittings have reminders of their own. */
const REMINDED_ELSEWHERE: readonly string[] = ["fee", "attend"];

/** Those who act for a party hear by when it must do what; both sides have read of a change in their inbox. */
export function deskMessages(means: Means): Hearers {
  const { database, vault } = means;
  async function tellParty(
    { obligationId, dueOn }: { obligationId: string; dueOn: string },
    state: string,
    told: Occasion,
    template: TemplateName,
  ): Promise<void> {
    const duty = await findObligation(database, obligationId);
    // By now it may be done, or have another last day.
    if (!duty || REMINDED_ELSEWHERE.includes(duty.rule) || duty.state !== state || duty.dueOn !== dueOn) return;
    const caseId = String(duty.caseId);
    const found = (await listCases(database, vault, [caseId])).get(caseId);
    const facts: Facts = {
      matter: found?.title ?? "",
      courtName: await nameOfCourt(duty.courtCode),
      receiptNumber: "",
      caseNumber: found?.number ?? "",
      dueOn,
      round: 0,
      duty: ruleOf(duty.rule).label,
    };
    // Whoever stands in is reminded with the lawyer; an assistant looks at the desk.
    const people = (await handlersOf(database, caseId)).filter(
      ({ partyKey, capacity }) => partyKey === duty.partyKey && capacity !== "assistant",
    );
    const link = { kind: "case", id: caseId };
    for (const accountId of new Set(people.map((one) => one.accountId)))
      await tell(means, { ...told, accountId, template, facts, link });
  }
  return {
    "obligation.due_soon": (event, told) => tellParty(event, "open", told, "obligation.due_soon"),
    "obligation.changed": (event, told) => tellParty(event, "open", told, "obligation.changed"),
    "obligation.expired": (event, told) => tellParty(event, "expired", told, "obligation.expired"),
  };
}
