import { randomInt } from "node:crypto";
import { isDuplicate } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import { RunAgain, type Work } from "#core/work.ts";
import { requireVerified } from "#modules/account/index.ts";
import { codeIndex, delegableSql } from "./delegation-store.ts";
import { type DelegationKind, delegationWorkflow, LEVELS, type Level, STAND_IN_RIGHTS } from "./delegation-workflow.ts";
import { problem } from "./problems.ts";

const HOUR_MS = 3_600_000;
/** How long an offer waits to be taken up. */
export const OFFER_HOURS = 72;
const MOST_LIVING = 20;
const LONGEST_DAYS = 186;

export type Offer = {
  /** Null: all cases, also those that come later. */
  readonly caseIds: readonly string[] | null;
} & (
  | { readonly kind: "assistant"; readonly level: Level }
  | { readonly kind: "stand_in"; readonly from: Date | null; readonly until: Date }
);

/**
 * A lawyer offers some of their work to somebody: gives a one-time code of ten digits for them. Nothing is open to anybody until
 * it is accepted. Throws 422 `delegation.no_case`, `delegation.period`, 409 `delegation.too_many`.
 */
export async function offerDelegation(
  work: Work,
  vault: Vault,
  offer: Offer,
): Promise<{ id: string; code: string; expiresAt: Date }> {
  await requireVerified(work);
  const { accountId } = work.actor;
  // The account's row is the queue: two at once do not both find room.
  await work.query("SELECT id FROM account WHERE id = ? FOR UPDATE", [accountId]);
  await demandRoom(work);
  const period = offer.kind === "stand_in" ? periodOf(work, offer) : { from: null, until: null };
  const cases = await chosenCases(work, offer.caseIds);
  const rights = offer.kind === "stand_in" ? STAND_IN_RIGHTS : LEVELS[offer.level].rights;
  const code = String(randomInt(10_000_000_000)).padStart(10, "0");
  const waits = new Date(work.at.getTime() + OFFER_HOURS * HOUR_MS);
  const expiresAt = period.until !== null && period.until < waits ? period.until : waits;
  try {
    await work.change(
      `INSERT INTO case_delegation (kind, state, account_id, all_cases, case_ids, rights, code_index, offered_at, expires_at, from_at, until_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        offer.kind,
        delegationWorkflow.start,
        accountId,
        offer.caseIds === null,
        cases.join(","),
        rights.join(","),
        codeIndex(vault, code),
        work.at,
        expiresAt,
        period.from,
        period.until,
      ],
    );
  } catch (error) {
    // Somebody else's code says the same just now.
    if (isDuplicate(error)) throw new RunAgain();
    throw error;
  }
  const [made] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const id = String(made?.id);
  await work.emit({
    name: "delegation.offered",
    about: `delegation:${id}`,
    courtCode: null,
    delegationId: id,
    kind: offer.kind satisfies DelegationKind,
  });
  return { id, code, expiresAt };
}

async function demandRoom(work: Work): Promise<void> {
  const [living] = await work.query<{ count: number }>(
    `SELECT COUNT(*) AS count FROM case_delegation WHERE account_id = ? AND (state = 'active' OR (state = 'offered' AND expires_at > ?))`,
    [work.actor.accountId, work.at],
  );
  if (Number(living?.count) >= MOST_LIVING) throw problem("delegation.too_many");
}

function periodOf(work: Work, { from, until }: { from: Date | null; until: Date }) {
  const begins = from === null || from < work.at ? work.at : from;
  const days = (until.getTime() - begins.getTime()) / (24 * HOUR_MS);
  if (days <= 0)
    throw problem("delegation.period", {
      errors: [{ pointer: "/until", code: "past", message: "结束时间须晚于现在和开始时间" }],
    });
  if (days > LONGEST_DAYS)
    throw problem("delegation.period", {
      errors: [{ pointer: "/until", code: "too_long", message: "一次最长六个月，到期可以再次办理" }],
    });
  return { from: begins === from ? from : null, until };
}

/** The chosen cases, in each of which the lawyer is an agent now by a mandate of their own; what was given to them goes no further. */
async function chosenCases(work: Work, caseIds: readonly string[] | null): Promise<string[]> {
  if (caseIds === null) return [];
  const wanted = [...new Set(caseIds)];
  const rows = await work.query<{ id: string }>(
    `SELECT DISTINCT p.case_id AS id FROM case_participant p WHERE p.account_id = ? AND ${delegableSql("p")}
       AND p.case_id IN (${wanted.map(() => "?").join(",")})`,
    [work.actor.accountId, ...wanted],
  );
  if (rows.length < wanted.length) throw problem("delegation.no_case");
  return wanted;
}
