import type { Work } from "#core/work.ts";
import { handOnNotices } from "#modules/fee/index.ts";
import type { CourtCase } from "./model.ts";
import type { Capacity } from "./participant-model.ts";
import { isActive, participantsOf } from "./powers.ts";

/**
 * Whether the account of a row (`account_id`, `case_id`) has not left the case, in SQL: it takes part now, or never did. For the
 * room of fees, whose rows belong to accounts.
 */
export const hasNotLeft = (table: string): string =>
  `COALESCE((SELECT MAX(${isActive("cp")}) FROM case_participant cp
    WHERE cp.account_id = ${table}.account_id AND cp.case_id = ${table}.case_id AND cp.since IS NOT NULL), 1) = 1`;

/** The party before who acts for it; a guardian counts as the party. */
const ORDER: readonly Capacity[] = ["party", "representative", "agent"];

/**
 * What a party is to pay lies with who filed for it. Once they have left the case it lies with the party or who acts for it now:
 * asked whenever somebody leaves or comes in. Where nobody is there it waits, and is paid by its code.
 */
export async function handOnFees(work: Work, row: CourtCase, partyKey: string): Promise<void> {
  const caseId = String(row.id);
  const [next] = (await participantsOf(work, caseId))
    .filter((one) => one.partyKey === partyKey)
    .sort((one, other) => ORDER.indexOf(one.capacity) - ORDER.indexOf(other.capacity));
  if (!next) return;
  const left = await work.query<{ accountId: string }>(
    `SELECT cp.account_id AS accountId FROM case_participant cp
     WHERE cp.case_id = ? AND cp.party_key = ? AND cp.account_id IS NOT NULL AND cp.since IS NOT NULL AND NOT (${isActive("cp")})
       AND NOT EXISTS (SELECT 1 FROM case_participant twin WHERE twin.case_id = cp.case_id AND twin.account_id = cp.account_id
         AND ${isActive("twin")})
     GROUP BY cp.account_id`,
    [caseId, partyKey],
  );
  for (const { accountId } of left) await handOnNotices(work, caseId, String(accountId), next.accountId);
}
