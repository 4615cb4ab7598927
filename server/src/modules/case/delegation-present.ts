import type { Actor } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import { findIdentity } from "#modules/account/index.ts";
import type { Means } from "#modules/module.ts";
import { COLUMNS, type Delegation, type DelegationRow, plain } from "./delegation-store.ts";
import { type DelegationState, delegationWorkflow, KINDS, LEVELS } from "./delegation-workflow.ts";
import { isActive, RIGHTS, type Right } from "./powers.ts";
import { listCases } from "./read.ts";

const SHOWN_CASES = 100;

/** Names and firms of those who are in such an arrangement, for the other one, their client and the court. */
export async function nameLawyers(
  vault: Vault,
  ids: readonly (string | null)[],
): Promise<Map<string, { name: string; firm: string }>> {
  const named = new Map<string, { name: string; firm: string }>();
  for (const id of new Set(ids)) {
    const who = id === null ? null : await findIdentity(vault, id);
    if (id !== null && who) named.set(id, { name: who.name, firm: who.practice?.firm ?? "" });
  }
  return named;
}

/** What an account gave and was given, the newest first; what nobody took up in time is said to be over. */
export async function listDelegations(means: Means, actor: Actor) {
  const rows = await means.database.read<DelegationRow>(
    `SELECT ${COLUMNS} FROM case_delegation d WHERE d.account_id = ? OR (d.delegate_id = ? AND d.state <> 'declined')
     ORDER BY d.state = 'active' DESC, d.id DESC LIMIT 100`,
    [actor.accountId, actor.accountId],
  );
  return presentDelegations(means, actor, rows.map(plain));
}

/** One of them, for the two it is between. */
export async function findDelegation(database: Database, id: string): Promise<Delegation | null> {
  const [row] = await database.read<DelegationRow>(`SELECT ${COLUMNS} FROM case_delegation d WHERE d.id = ?`, [id]);
  return row ? plain(row) : null;
}

export async function presentDelegations(means: Means, actor: Actor, rows: readonly Delegation[]) {
  const { database, vault, clock } = means;
  const names = await nameLawyers(
    vault,
    rows.flatMap(({ accountId, delegateId }) => [accountId, delegateId]),
  );
  const now = clock.now();
  return Promise.all(
    rows.map(async (row) => {
      const given = row.accountId === actor.accountId;
      const lapsed =
        (row.state === "offered" && row.expiresAt <= now) ||
        (row.state === "active" && row.untilAt !== null && row.untilAt <= now);
      const state: DelegationState = lapsed ? "ended" : row.state;
      const { ids, count } = await casesOf(database, row, state);
      const cases = await listCases(database, vault, ids);
      const level = Object.entries(LEVELS).find(([, { rights }]) => rights.join(",") === row.rights);
      return {
        id: row.id,
        kind: { code: row.kind, label: KINDS[row.kind] },
        side: given ? ("given" as const) : ("received" as const),
        state: delegationWorkflow.present(state),
        // Taking up an offer needs its code; what can be done by its number is to end it.
        moves: delegationWorkflow.open(state, actor.role).filter(({ action }) => action === "end"),
        waiting: state === "active" && row.fromAt !== null && row.fromAt > now,
        lawyer: names.get(row.accountId) ?? { name: "", firm: "" },
        delegate: row.delegateId === null ? null : (names.get(row.delegateId) ?? { name: "", firm: "" }),
        allCases: row.allCases,
        caseCount: count,
        cases: ids.flatMap((id) => {
          const found = cases.get(id);
          return found ? [{ id, number: found.number, title: found.title }] : [];
        }),
        level: row.kind === "assistant" && level ? { code: level[0], label: level[1].label } : null,
        rights: (row.rights.split(",") as Right[]).map((code) => ({ code, label: RIGHTS[code] })),
        from: row.fromAt?.toISOString() ?? null,
        until: row.untilAt?.toISOString() ?? null,
        expiresAt: row.expiresAt.toISOString(),
        offeredAt: row.offeredAt.toISOString(),
        acceptedAt: row.acceptedAt?.toISOString() ?? null,
        endedAt: row.endedAt?.toISOString() ?? (lapsed ? (row.untilAt ?? row.expiresAt).toISOString() : null),
      };
    }),
  );
}

/** What is open now: named while it is, and never to somebody for whom it is over. */
async function casesOf(database: Database, row: Delegation, state: DelegationState) {
  if (state === "offered") return { ids: [], count: row.allCases ? null : row.caseIds.length };
  if (state !== "active") return { ids: [], count: null };
  const rows = await database.read<{ id: string; number: number }>(
    `SELECT cp.case_id AS id, COUNT(*) OVER () AS number FROM case_participant cp JOIN case_participant principal ON principal.id = cp.through_id
     WHERE cp.delegation_id = ? AND cp.state = 'active' AND principal.state = 'active' GROUP BY cp.case_id ORDER BY cp.case_id DESC LIMIT ${SHOWN_CASES}`,
    [row.id],
  );
  return { ids: rows.map(({ id }) => String(id)), count: Number(rows[0]?.number ?? 0) };
}

/** For whom, as what and until when somebody handles a case that is not their own. */
export interface Through {
  readonly kind: { readonly code: string; readonly label: string };
  readonly lawyer: string;
  readonly until: string | null;
  /** What is left to them. */
  readonly rights: readonly Right[];
}

/** Of these cases those that the account handles for somebody else now, and in no right of its own. */
export async function listThrough(
  database: Database,
  vault: Vault,
  accountId: string,
  caseIds: readonly string[],
): Promise<Map<string, Through>> {
  if (caseIds.length === 0) return new Map();
  // Begins at the few arrangements of the account: for almost everybody there are none, and nothing else is read.
  const rows = await database.read<{
    caseId: string;
    kind: keyof typeof KINDS;
    lawyerId: string;
    untilAt: Date | null;
    rights: string;
  }>(
    `SELECT STRAIGHT_JOIN cp.case_id AS caseId, d.kind, d.rights, d.account_id AS lawyerId, d.until_at AS untilAt
     FROM case_delegation d JOIN case_participant cp ON cp.delegation_id = d.id
     WHERE d.delegate_id = ? AND d.state = 'active' AND cp.case_id IN (${caseIds.map(() => "?").join(",")}) AND ${isActive("cp")}
       AND NOT EXISTS (SELECT 1 FROM case_participant own WHERE own.account_id = d.delegate_id AND own.case_id = cp.case_id
         AND own.delegation_id IS NULL AND ${isActive("own")})
     ORDER BY d.kind, d.id`,
    [accountId, ...caseIds],
  );
  const names = await nameLawyers(
    vault,
    rows.map(({ lawyerId }) => String(lawyerId)),
  );
  return new Map(
    rows.map(({ caseId, kind, lawyerId, untilAt, rights }) => [
      String(caseId),
      {
        kind: { code: kind, label: KINDS[kind] },
        lawyer: names.get(String(lawyerId))?.name ?? "",
        until: untilAt?.toISOString() ?? null,
        rights: rights.split(",") as Right[],
      },
    ]),
  );
}
