import { SYSTEM } from "#core/actor.ts";
import { courtDayOf } from "#core/period.ts";
import { handlersOf, listCases } from "#modules/case/index.ts";
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
      const own = await askersOf(means, thread);
      await tellAll(own, told, "thread.answered", thread);
      const { caseId } = thread;
      if (!toAll || caseId === null) return;
      const people = await handlersOf(means.database, caseId);
      const others = people.map((one) => one.accountId).filter((id) => !own.includes(id));
      // Whose question it was is not theirs to know: the way leads to the course of the case.
      await tellAll(others, told, "thread.shared", thread, { kind: "case", id: caseId });
    },
    async "thread.closed"({ threadId, by }, told) {
      // Whoever ends their own question knows it.
      if (by === "party") return;
      const thread = await findThread(means.database, SYSTEM, threadId);
      await tellAll(await askersOf(means, thread), told, "thread.closed", thread);
    },
    async "thread.escalated"({ threadId, toId }, told) {
      await tellAll([toId], told, "thread.escalated", await findThread(means.database, SYSTEM, threadId));
    },
    async "thread.reassigned"({ threadId, toId }, told) {
      await tellAll([toId], told, "thread.reassigned", await findThread(means.database, SYSTEM, threadId));
    },
  };
}

/** Those on whose side a thread is now. */
async function askersOf({ database }: Means, { caseId, partyKey, accountId }: ThreadRow): Promise<string[]> {
  if (caseId === null) return [accountId];
  const people = (await handlersOf(database, caseId)).filter((one) => one.partyKey === partyKey);
  // An assistant looks at the desk.
  return people.filter(({ capacity }) => capacity !== "assistant").map((one) => one.accountId);
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
