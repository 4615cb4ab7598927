import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { clearAttempts, requireVerified, takeAttempt, whoAsksChanged } from "#modules/account/index.ts";
import { aboutDelegation, type Delegation, delegableSql, holdOffer, holdOwnDelegation } from "./delegation-store.ts";
import { delegationWorkflow } from "./delegation-workflow.ts";
import { problem } from "./problems.ts";

const attempts = (vault: Vault, accountId: string): string => vault.index("delegation attempts", accountId);

/** Takes one of the few tries a person has at codes before they rest, in a work of its own. Throws `delegation.too_many_tries`. */
export async function takeDelegationTry(work: Work, vault: Vault): Promise<void> {
  await requireVerified(work);
  const seconds = await takeAttempt(work, attempts(vault, work.actor.accountId));
  if (seconds > 0) throw problem("delegation.too_many_tries", { retryAfter: seconds });
}

/** What a code offers to the actor, for them to look at first. Throws `delegation.code_refused`, `delegation.own`, `delegation.no_practice`. */
export async function lookUpOffer(work: Work, vault: Vault, code: string): Promise<Delegation> {
  await requireVerified(work);
  const offer = await holdOffer(work, vault, code);
  demandFit(work, offer);
  await clearAttempts(work, attempts(vault, work.actor.accountId));
  return offer;
}

/**
 * Takes an offer up, or turns it down; the code is used up. With it the lawyer's participations are opened to the delegate, from
 * the agreed moment. Nobody stands on two sides of one case (律师法§39): such cases are left out, and where they were
 * chosen one by one the offer is refused. Throws 409 `delegation.conflict`.
 */
export async function decideOffer(
  work: Work,
  vault: Vault,
  code: string,
  decision: "accept" | "decline",
): Promise<Delegation> {
  const offer = await lookUpOffer(work, vault, code);
  const { accountId, role } = work.actor;
  const state = delegationWorkflow.next(offer.state, decision, role);
  if (decision === "decline") {
    await work.change(
      "UPDATE case_delegation SET state = ?, code_index = NULL, delegate_id = ?, ended_at = ?, ended_by = ? WHERE id = ?",
      [state, accountId, work.at, accountId, offer.id],
    );
    const declined = { ...offer, state, delegateId: accountId };
    await work.emit({ name: "delegation.declined", ...aboutDelegation(declined) });
    return declined;
  }
  const [twin] = await work.query(
    `SELECT id FROM case_delegation WHERE account_id = ? AND delegate_id = ? AND kind = ? AND state = 'active'
       AND (until_at IS NULL OR until_at > UTC_TIMESTAMP(3)) LIMIT 1`,
    [offer.accountId, accountId, offer.kind],
  );
  if (twin) throw problem("delegation.known");
  // At once is no moment of ours: it runs by the database's clock.
  const fromAt = offer.fromAt !== null && offer.fromAt > work.at ? offer.fromAt : null;
  await work.change(
    "UPDATE case_delegation SET state = ?, code_index = NULL, delegate_id = ?, accepted_at = ?, from_at = ? WHERE id = ?",
    [state, accountId, work.at, fromAt, offer.id],
  );
  whoAsksChanged(work, accountId);
  const active: Delegation = { ...offer, state, delegateId: accountId, acceptedAt: work.at, fromAt };
  await derive(work, active, offer.allCases ? null : offer.caseIds);
  if (!offer.allCases) await demandNoConflict(work, active);
  await work.emit({ name: "delegation.accepted", ...aboutDelegation(active) });
  await work.emit(
    { name: "delegation.spreading", ...aboutDelegation(active), after: "0" },
    { dueAt: fromAt ?? work.at },
  );
  if (active.untilAt)
    await work.emit({ name: "delegation.due", ...aboutDelegation(active) }, { dueAt: active.untilAt });
  return active;
}

/**
 * Writes a participation of the delegate's for each of the lawyer's own; what is there already stays. It opens nothing by itself:
 * whether it runs is asked of the delegation and of the lawyer's participation at every reading (`isActive`).
 */
export async function derive(work: Work, one: Delegation, caseIds: readonly string[] | null): Promise<number> {
  if (caseIds?.length === 0) return 0;
  return work.change(
    `INSERT IGNORE INTO case_participant (seal_ref, case_id, account_id, party_key, capacity, powers, via, state, asked_at, since, delegation_id, through_id)
     SELECT MD5(CONCAT(RAND(), UUID(), p.id)), p.case_id, ?, p.party_key, ?, 'general', 'delegation', 'active', ?, ?, ?, p.id
     FROM case_participant p JOIN case_party own ON own.case_id = p.case_id AND own.party_key = p.party_key
     WHERE p.account_id = ? AND ${delegableSql("p")} ${caseIds ? `AND p.case_id IN (${caseIds.map(() => "?").join(",")})` : ""}
       AND NOT EXISTS (SELECT 1 FROM case_participant other JOIN case_party theirs ON theirs.case_id = other.case_id AND theirs.party_key = other.party_key
         WHERE other.account_id = ? AND other.case_id = p.case_id AND other.state IN ('waiting', 'active') AND theirs.side <> own.side)`,
    [
      one.delegateId,
      one.kind,
      work.at,
      one.fromAt ?? work.at,
      one.id,
      one.accountId,
      ...(caseIds ?? []),
      one.delegateId,
    ],
  );
}

/** Ends it at once: the lawyer any of theirs, the delegate their own, its time. Throws `delegation.not_found`, 409 for its state. */
export async function endDelegation(work: Work, id: string): Promise<Delegation> {
  const one = await holdOwnDelegation(work, id);
  const state = delegationWorkflow.next(one.state, "end", work.actor.role);
  const endedBy = work.actor.accountId;
  await work.change(
    "UPDATE case_delegation SET state = ?, code_index = NULL, ended_at = ?, ended_by = ? WHERE id = ?",
    [state, work.at, endedBy, id],
  );
  await work.change(
    "UPDATE case_participant SET state = 'ended', ended_at = ?, ended_by = ? WHERE delegation_id = ? AND state = 'active'",
    [work.at, endedBy, id],
  );
  const ended: Delegation = { ...one, state, endedAt: work.at, endedBy };
  await work.emit({ name: "delegation.ended", ...aboutDelegation(ended) });
  const hadBegun = one.state === "active" && (one.fromAt === null || one.fromAt <= work.at);
  if (hadBegun) await work.emit({ name: "delegation.spreading", ...aboutDelegation(ended), after: "0" });
  return ended;
}

function demandFit(work: Work, offer: Delegation): void {
  if (offer.accountId === work.actor.accountId) throw problem("delegation.own");
  if (offer.kind === "stand_in" && work.actor.role !== "lawyer") throw problem("delegation.no_practice");
}

async function demandNoConflict(work: Work, { id, caseIds }: Delegation): Promise<void> {
  const [row] = await work.query<{ count: number }>(
    "SELECT COUNT(DISTINCT case_id) AS count FROM case_participant WHERE delegation_id = ?",
    [id],
  );
  if (Number(row?.count) < caseIds.length) throw problem("delegation.conflict");
}
