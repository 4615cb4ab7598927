import { SYSTEM } from "#core/actor.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { findCaseRow, listCases, participantsOf } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { DOCUMENT_KINDS, findService } from "#modules/service/index.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Hearers, type Occasion, tell } from "./tell.ts";

/**
 * Who hears of service: the recipient that there is something and from which day it counts, both sides when that day changes, the
 * court's people of what waits. These messages announce; they are not service (在线诉讼规则§32).
 */
export function serviceMessages(means: Means): Hearers {
  const { database, vault } = means;
  async function of(serviceId: string) {
    const service = await findService(database, SYSTEM, serviceId);
    const found = (await listCases(database, vault, [service.caseId])).get(service.caseId);
    const facts: Facts = {
      matter: found?.title ?? "",
      courtName: await nameOfCourt(service.courtCode),
      receiptNumber: "",
      caseNumber: found?.number ?? "",
      dueOn: service.effectiveOn ?? "",
      round: 0,
      documents: service.title,
    };
    const people = await participantsOf(database, service.caseId);
    return { service, facts, people, own: people.filter(({ partyKey }) => partyKey === service.partyKey) };
  }
  const link = (id: string) => ({ kind: "service", id });
  async function tellOwn(serviceId: string, told: Occasion, template: TemplateName): Promise<void> {
    const { own, facts } = await of(serviceId);
    for (const accountId of new Set(own.map((one) => one.accountId)))
      await tell(means, { ...told, accountId, template, facts, link: link(serviceId) });
  }
  /** The case's own court clerk; where there is none yet, those who keep the records of the court. */
  async function tellCourt(
    serviceId: string,
    told: Occasion,
    template: TemplateName,
    more: Partial<Facts> = {},
  ): Promise<void> {
    const { service, facts: known } = await of(serviceId);
    const facts = { ...known, ...more };
    const { courtClerkId } = await findCaseRow(database, SYSTEM, service.caseId);
    const staff = courtClerkId
      ? [String(courtClerkId)]
      : (await listStaffOf(service.courtCode, ["court_clerk", "clerk"])).map(({ id }) => id);
    for (const accountId of staff)
      if (accountId !== told.actorId)
        await tell(means, { ...told, accountId, template, facts, link: { kind: "service", id: serviceId } });
  }
  return {
    async "service.proposed"({ serviceId, dueOn }, told) {
      await tellCourt(serviceId, told, "service.proposed", { dueOn });
    },
    async "service.cancelled"({ serviceId, caseId }, told) {
      const { service, own, facts } = await of(serviceId);
      // What was never sent was nobody's.
      if (service.sentAt === null) return;
      for (const accountId of new Set(own.map((one) => one.accountId)))
        if (accountId !== told.actorId)
          await tell(means, {
            ...told,
            accountId,
            template: "service.cancelled",
            facts,
            link: { kind: "case", id: caseId },
          });
    },
    async "service.sent"({ serviceId }, told) {
      // What arrived with the sending is told with its day.
      const { service } = await of(serviceId);
      if (service.state === "sent") await tellOwn(serviceId, told, "service.sent");
    },
    "service.effective": ({ serviceId }, told) => tellOwn(serviceId, told, "service.effective"),
    async "service.effect_changed"({ serviceId, after }, told) {
      const { service, facts, people, own } = await of(serviceId);
      // A ruling nobody else knows of yet stays between the court and its recipient, also when its day changes.
      const concerned = DOCUMENT_KINDS[service.documentKind].quiet ? own : people;
      const template = after === null ? "service.effect_lost" : "service.effect_changed";
      const seen = new Set<string>();
      for (const { accountId, partyKey } of concerned) {
        if (seen.has(accountId)) continue;
        seen.add(accountId);
        const to = partyKey === service.partyKey ? link(serviceId) : { kind: "case", id: service.caseId };
        await tell(means, { ...told, accountId, template, facts: { ...facts, dueOn: after ?? "" }, link: to });
      }
    },
    async "service.contest_decided"({ serviceId, accepted }, told) {
      if (!accepted) await tellOwn(serviceId, told, "service.contest_refused");
    },
    "service.contested": ({ serviceId }, told) => tellCourt(serviceId, told, "service.contested"),
    "service.failed": ({ serviceId }, told) => tellCourt(serviceId, told, "service.failed"),
    "service.paper_asked": ({ serviceId }, told) => tellCourt(serviceId, told, "service.paper_asked"),
  };
}
