import { SYSTEM } from "#core/actor.ts";
import { findCaseRow, listCases, participantsOf } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Hearers, type Occasion, tell } from "./tell.ts";

const NO_CASE: Facts = { matter: "", courtName: "诉通", receiptNumber: "", caseNumber: "", dueOn: "", round: 0 };

/** Both sides of what a lawyer leaves to others hear how it goes on; their client hears who stands in, and that it is over. */
export function delegationMessages(means: Means): Hearers {
  const { database, vault } = means;
  async function tellOne(accountId: string | null, told: Occasion, template: TemplateName, id: string): Promise<void> {
    if (accountId === null || accountId === told.actorId) return;
    await tell(means, { ...told, accountId, template, facts: NO_CASE, link: { kind: "delegation", id } });
  }
  async function tellClients(caseId: string, partyKey: string, told: Occasion, template: TemplateName): Promise<void> {
    const { courtCode } = await findCaseRow(database, SYSTEM, caseId);
    const found = (await listCases(database, vault, [caseId])).get(caseId);
    const facts: Facts = {
      ...NO_CASE,
      matter: found?.title ?? "",
      courtName: await nameOfCourt(courtCode),
      caseNumber: found?.number ?? "",
    };
    const clients = (await participantsOf(database, caseId)).filter(
      (one) => one.partyKey === partyKey && one.capacity !== "agent",
    );
    for (const accountId of new Set(clients.map((one) => one.accountId)))
      await tell(means, { ...told, accountId, template, facts, link: { kind: "case", id: caseId } });
  }
  return {
    "delegation.accepted": ({ kind, accountId, delegationId }, told) =>
      tellOne(
        accountId,
        told,
        kind === "stand_in" ? "delegation.accepted_stand_in" : "delegation.accepted_assistant",
        delegationId,
      ),
    "delegation.declined": ({ accountId, delegationId }, told) =>
      tellOne(accountId, told, "delegation.declined", delegationId),
    async "delegation.ended"({ kind, accountId, delegateId, delegationId }, told) {
      // An offer that nobody took up is taken back in silence.
      if (delegateId === null) return;
      const template = kind === "stand_in" ? "delegation.ended_stand_in" : "delegation.ended_assistant";
      for (const each of [accountId, delegateId]) await tellOne(each, told, template, delegationId);
    },
    async "case.delegated"({ kind, caseId, partyKey }, told) {
      if (kind === "stand_in") await tellClients(caseId, partyKey, told, "case.delegated");
    },
    async "case.delegation_ended"({ kind, caseId, partyKey }, told) {
      if (kind === "stand_in") await tellClients(caseId, partyKey, told, "case.delegation_ended");
    },
  };
}
