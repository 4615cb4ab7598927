import type { EventFacts, EventName, Told } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import { handlersOf, SIDES, sidesInCase } from "#modules/case/index.ts";
import type { Made } from "./duties.ts";
import { CHANGES, type ChangeKind } from "./kinds.ts";
import { queueForPrograms } from "./webhook-queue.ts";

const TITLE_LENGTH = 120;

/**
 * One line for each account that takes part and each event, in the inbox of the desk; whoever did it is not told of it. The
 * unique key (account, event) makes a repeat harmless.
 */
export async function tellDesks<Name extends EventName>(
  work: Work,
  name: Name,
  caseId: string,
  event: Told<Name>,
  facts: EventFacts,
  made: Made | undefined,
): Promise<void> {
  const kind = CHANGES[name] as ChangeKind<Name> | undefined;
  if (!kind) return;
  const sides = await sidesInCase(work, caseId);
  const title = kind.title(event, { side: (partyKey) => SIDES[sides.get(partyKey) ?? ""] ?? "当事人" });
  if (title === null) return;
  const people = await handlersOf(work, caseId);
  const { partyKey, accountId } = event as { partyKey?: string; accountId?: string };
  const hearing = kind.hearing(event);
  // Who pays may act for several; those who act for the same party hear of it with them.
  const paying = new Set(people.filter((one) => one.accountId === accountId).map((one) => one.partyKey));
  const hearers = people.filter(
    (one) => hearing === "everybody" || (hearing === "side" ? one.partyKey === partyKey : paying.has(one.partyKey)),
  );
  // An account that acts for two parties gets one line, with the first duty it makes for one of them.
  const lines = new Map<string, string | null>();
  const knowing = [facts.actorId, kind.notTo?.(event)];
  for (const one of hearers)
    if (!knowing.includes(one.accountId))
      lines.set(one.accountId, lines.get(one.accountId) ?? made?.get(one.partyKey) ?? null);
  if (lines.size === 0) return;
  const line = [caseId, facts.eventId, name, event.about, title.slice(0, TITLE_LENGTH), facts.at];
  await work.change(
    `INSERT IGNORE INTO case_change (account_id, case_id, event_id, kind, about, title, at, obligation_id)
     VALUES ${[...lines].map(() => "(?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
    [...lines].flatMap(([account, obligationId]) => [account, ...line, obligationId]),
  );
  await queueForPrograms(work, [...lines.keys()], { name, caseId, facts });
}
