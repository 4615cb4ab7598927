import { SYSTEM } from "#core/actor.ts";
import type { Subscribers } from "#core/outbox.ts";
import type { Work } from "#core/work.ts";
import type { Means } from "#modules/module.ts";
import { derive, endDelegation } from "./delegation-decide.ts";
import { aboutDelegation, COLUMNS, type Delegation, type DelegationRow, plain } from "./delegation-store.ts";

/** Cases told of at one time: what a lawyer with thousands hands over holds nothing up. */
const AT_ONCE = 100;

/** What a delegation does later: it is told case by case, follows its lawyer into new cases, and ends by itself. */
export function delegationSubscribers({ transact }: Means): Subscribers {
  const run = (body: (work: Work) => Promise<void>) => transact(SYSTEM, body, { repeatable: true });
  return {
    "delegation.spreading": ({ delegationId, after }) =>
      run(async (work) => {
        const one = await hold(work, delegationId);
        if (one) await spread(work, one, after);
      }),
    "delegation.due": ({ delegationId }) =>
      run(async (work) => {
        const one = await hold(work, delegationId);
        if (one?.state === "active" && one.untilAt && one.untilAt <= work.at) await endDelegation(work, delegationId);
      }),
    "case.participant_joined": ({ caseId, participantId, accountId }) =>
      run(async (work) => {
        await follow(work, caseId, accountId);
        await leaveOtherSide(work, caseId, participantId);
      }),
    // Whoever is no lawyer any more leaves nothing to others, and stands in for nobody.
    "practice.rejected": ({ accountId }) =>
      run(async (work) => {
        const rows = await work.query<{ id: string }>(
          `SELECT id FROM case_delegation WHERE state IN ('offered', 'active') AND (account_id = ? OR (delegate_id = ? AND kind = 'stand_in'))`,
          [accountId, accountId],
        );
        for (const { id } of rows) await endDelegation(work, String(id));
      }),
  };
}

async function hold(work: Work, id: string): Promise<Delegation | null> {
  const [row] = await work.query<DelegationRow>(`SELECT ${COLUMNS} FROM case_delegation d WHERE d.id = ? FOR UPDATE`, [
    id,
  ]);
  return row ? plain(row) : null;
}

interface Derived {
  readonly id: string;
  readonly caseId: string;
  readonly partyKey: string;
  readonly courtCode: string;
}
const DERIVED = `SELECT cp.id, cp.case_id AS caseId, cp.party_key AS partyKey, c.court_code AS courtCode
  FROM case_participant cp JOIN court_case c ON c.id = cp.case_id`;

async function spread(work: Work, one: Delegation, after: string): Promise<void> {
  if (one.state !== "active" && one.state !== "ended") return;
  const rows = await work.query<Derived>(
    `${DERIVED} WHERE cp.delegation_id = ? AND cp.id > ? ORDER BY cp.id LIMIT ${AT_ONCE}`,
    [one.id, after],
  );
  for (const row of rows) await tellCase(work, one, row);
  const last = rows.at(-1);
  if (last && rows.length === AT_ONCE)
    await work.emit({ name: "delegation.spreading", ...aboutDelegation(one), after: String(last.id) });
}

function tellCase(work: Work, one: Delegation, { caseId, partyKey, courtCode }: Derived): Promise<void> {
  const name = one.state === "active" ? ("case.delegated" as const) : ("case.delegation_ended" as const);
  return work.emit({
    name,
    about: `case:${caseId}`,
    courtCode,
    caseId: String(caseId),
    partyKey,
    delegationId: one.id,
    kind: one.kind,
    accountId: one.accountId,
    delegateId: one.delegateId ?? "0",
  });
}

/** A lawyer who hands over all cases gets a new one: it goes the same way. Its delegations are held, so that none is just being made. */
async function follow(work: Work, caseId: string, accountId: string): Promise<void> {
  const rows = await work.query<DelegationRow>(
    `SELECT ${COLUMNS} FROM case_delegation d WHERE d.account_id = ? AND d.state = 'active' FOR UPDATE`,
    [accountId],
  );
  for (const one of rows.map(plain)) {
    if (!one.allCases || (one.untilAt && one.untilAt <= work.at)) continue;
    if ((await derive(work, one, [caseId])) === 0) continue;
    const made = await work.query<Derived>(`${DERIVED} WHERE cp.delegation_id = ? AND cp.case_id = ?`, [
      one.id,
      caseId,
    ]);
    // One that begins later is told as a whole when it does.
    if (!one.fromAt || one.fromAt <= work.at) for (const row of made) await tellCase(work, one, row);
  }
}

/** Somebody who stands in, or assists, comes to act for the other side: they read the first one's no more (律师法§39). */
async function leaveOtherSide(work: Work, caseId: string, participantId: string): Promise<void> {
  await work.change(
    `UPDATE case_participant derived
       JOIN case_participant joined ON joined.id = ? AND joined.account_id = derived.account_id AND joined.case_id = derived.case_id
       JOIN case_party own ON own.case_id = joined.case_id AND own.party_key = joined.party_key
       JOIN case_party theirs ON theirs.case_id = derived.case_id AND theirs.party_key = derived.party_key
     SET derived.state = 'ended', derived.ended_at = ?, derived.ended_by = 0
     WHERE derived.case_id = ? AND derived.delegation_id IS NOT NULL AND derived.state = 'active' AND theirs.side <> own.side`,
    [participantId, work.at, caseId],
  );
}
