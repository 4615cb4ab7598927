import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { listCases, participantsOf } from "#modules/case/index.ts";
import { findThread, type ThreadRow } from "#modules/contact/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Hearers, type Occasion, tell } from "./tell.ts";

/** What people hear of their questions to the court, and the court's people of what waits for them. */
export function contactMessages(means: Means): Hearers {
  const tellAll = async (
    ids: readonly string[],
    told: Occasion,
    template: TemplateName,
    thread: ThreadRow,
    link: { readonly kind: string; readonly id: string } = { kind: "thread", id: thread.id },
  ): Promise<void> => {
    const facts = await factsOf(means, thread);
    for (const accountId of new Set(ids))
      if (accountId !== told.actorId) await tell(means, { ...told, accountId, template, facts, link });
  };
  return {
    async "thread.message"({ threadId, side, toAll, ownerId }, told) {
      const thread = await findThread(means.database, SYSTEM, threadId);
      if (side === "party") return tellAll([ownerId], told, "thread.asked", thread);
      const { caseId, partyKey, accountId } = thread;
      const people = caseId === null ? [] : await participantsOf(means.database, caseId);
      const own = people.filter((one) => one.partyKey === partyKey).map((one) => one.accountId);
      await tellAll(caseId === null ? [accountId] : own, told, "thread.answered", thread);
      if (!toAll || caseId === null) return;
      const others = people.map((one) => one.accountId).filter((id) => !own.includes(id));
      // Whose question it was is not theirs to know: the way leads to the course of the case.
      await tellAll(others, told, "thread.shared", thread, { kind: "case", id: caseId });
    },
    async "thread.escalated"({ threadId, toId }, told) {
      await tellAll([toId], told, "thread.escalated", await findThread(means.database, SYSTEM, threadId));
    },
    async "thread.reassigned"({ threadId, toId }, told) {
      await tellAll([toId], told, "thread.reassigned", await findThread(means.database, SYSTEM, threadId));
    },
  };
}

async function factsOf({ database, vault }: Means, thread: ThreadRow): Promise<Facts> {
  const found =
    thread.caseId === null ? undefined : (await listCases(database, vault, [thread.caseId])).get(thread.caseId);
  return {
    matter: found?.title ?? "",
    courtName: await nameOfCourt(thread.courtCode),
    receiptNumber: "",
    caseNumber: found?.number ?? "",
    dueOn: courtDayOf(thread.dueAt),
    round: 0,
  };
}
