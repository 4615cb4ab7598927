import { LANGUAGES } from "#core/language.ts";
import { SIDES } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { accountsOf, benchOfCase, ofCase, tellEach } from "./of-case.ts";
import type { Hearers, Occasion } from "./tell.ts";

/** Who says yes or no to an agent: the party, or who acts for it by law. */
const CLIENTS: readonly string[] = ["party", "representative"];

/** What those who take part in a case hear of its people, its time and its end (审判流程公开规定§7、§8). */
export function caseMessages(means: Means): Hearers {
  const link = (caseId: string) => ({ kind: "case", id: caseId });
  async function tellAll(caseId: string, told: Occasion, template: TemplateName, more: Partial<Facts> = {}) {
    const { facts, people } = await ofCase(means, caseId);
    await tellEach(means, told, accountsOf(people), template, { facts: { ...facts, ...more }, link: link(caseId) });
  }
  return {
    "case.assigned": ({ caseId }, told) => tellAll(caseId, told, "case.assigned"),
    "case.limit_changed": ({ caseId, lastDay }, told) =>
      tellAll(caseId, told, "case.limit_changed", { dueOn: lastDay }),
    "case.closed": ({ caseId }, told) => tellAll(caseId, told, "case.closed"),
    "period.set": ({ caseId }, told) => tellAll(caseId, told, "period.set"),

    async "case.deemed_withdrawn"({ caseId }, told) {
      const { facts, people } = await ofCase(means, caseId);
      // The plaintiffs hear of it with their fee.
      const others = people.filter(({ side }) => side !== "plaintiff");
      await tellEach(means, told, accountsOf(others), "case.ended_unpaid", { facts, link: link(caseId) });
    },

    async "case.participant_joined"({ caseId, accountId, partyKey }, told) {
      const { facts, people } = await ofCase(means, caseId);
      const about = { facts, link: link(caseId) };
      if (people.some((one) => one.accountId === accountId))
        await tellEach(means, told, [accountId], "case.admitted", about);
      const side = people.filter((one) => one.partyKey === partyKey && one.accountId !== accountId);
      await tellEach(means, told, accountsOf(side), "case.joined", about);
    },

    async "case.participant_ended"({ caseId, accountId, partyKey }, told) {
      const { facts, people } = await ofCase(means, caseId);
      // Who still acts for somebody else in it has lost a task, not the case.
      const isOut = accountId !== null && !people.some((one) => one.accountId === accountId);
      if (isOut) await tellEach(means, told, [accountId], "case.left", { facts, link: null });
      const side = people.filter((one) => one.partyKey === partyKey);
      await tellEach(means, told, accountsOf(side), "case.colleague_left", { facts, link: link(caseId) });
    },

    async "case.agency_asked"({ caseId, partyKey }, told) {
      const { facts, people } = await ofCase(means, caseId);
      const about = { facts, link: link(caseId) };
      const clients = people.filter(
        (one) => one.partyKey === partyKey && (CLIENTS.includes(one.capacity) || one.agentKind === "guardian"),
      );
      if (clients.length > 0) return tellEach(means, told, accountsOf(clients), "case.agency_asked", about);
      await tellEach(means, told, await benchOfCase(means, caseId), "case.agency_waiting", about);
    },

    async "case.interpreter_asked"({ caseId, partyKey, language }, told) {
      const { facts, people } = await ofCase(means, caseId);
      const side = SIDES[people.find((one) => one.partyKey === partyKey)?.side ?? ""] ?? "当事人";
      const about = { facts: { ...facts, side, language: LANGUAGES[language] }, link: link(caseId) };
      await tellEach(means, told, await benchOfCase(means, caseId), "case.interpreter_asked", about);
    },

    async "case.interpreter_arranged"({ caseId, partyKey, language }, told) {
      const { facts, people } = await ofCase(means, caseId);
      const about = { facts: { ...facts, language: LANGUAGES[language] }, link: link(caseId) };
      const own = people.filter((one) => one.partyKey === partyKey);
      await tellEach(means, told, accountsOf(own), "case.interpreter_arranged", about);
    },

    async "case.agency_refused"({ caseId, accountId }, told) {
      const { facts } = await ofCase(means, caseId);
      await tellEach(means, told, [accountId], "case.agency_refused", { facts, link: null });
    },
  };
}
