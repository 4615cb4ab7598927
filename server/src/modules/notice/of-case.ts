import { SYSTEM } from "#core/actor.ts";
import { listStaffOf } from "#modules/account/index.ts";
import { findCaseRow, handlersOf, listCases, type Participant } from "#modules/case/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import type { Facts, TemplateName } from "./catalogue.ts";
import { type Occasion, type Telling, tell } from "./tell.ts";

/** A case as texts speak of it, with everybody who takes part in it now, or stands in for one who does. */
export interface OfCase {
  readonly facts: Facts;
  readonly people: readonly Participant[];
}
export async function ofCase({ database, vault }: Means, caseId: string): Promise<OfCase> {
  const { courtCode } = await findCaseRow(database, SYSTEM, caseId);
  const found = (await listCases(database, vault, [caseId])).get(caseId);
  const facts: Facts = {
    matter: found?.title ?? "",
    courtName: await nameOfCourt(courtCode),
    receiptNumber: "",
    caseNumber: found?.number ?? "",
    dueOn: "",
    round: 0,
  };
  // An assistant looks at the desk.
  const people = (await handlersOf(database, caseId)).filter(({ capacity }) => capacity !== "assistant");
  return { facts, people };
}

/** Who of the court is to act in a case: those it was given to, else those who keep the records of the court. */
export async function benchOfCase({ database }: Means, caseId: string): Promise<readonly string[]> {
  const { courtCode, courtClerkId, judgeId } = await findCaseRow(database, SYSTEM, caseId);
  const own = [courtClerkId, judgeId].flatMap((id) => (id === null ? [] : [String(id)]));
  return own.length > 0 ? own : idsOf(await listStaffOf(courtCode, ["court_clerk", "clerk"]));
}

export const idsOf = (people: readonly { readonly id: string }[]): string[] => people.map(({ id }) => String(id));
export const accountsOf = (people: readonly Participant[]): string[] => people.map(({ accountId }) => accountId);

/** To each of them once, save whoever did it. */
export async function tellEach(
  means: Means,
  told: Occasion,
  accountIds: readonly string[],
  template: TemplateName,
  { facts, link }: Pick<Telling, "facts" | "link">,
): Promise<void> {
  for (const accountId of new Set(accountIds))
    if (accountId !== told.actorId) await tell(means, { ...told, accountId, template, facts, link });
}
