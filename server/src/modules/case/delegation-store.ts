import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { DelegationKind, DelegationState } from "./delegation-workflow.ts";
import { problem } from "./problems.ts";

export interface Delegation {
  readonly id: string;
  readonly kind: DelegationKind;
  readonly state: DelegationState;
  readonly accountId: string;
  readonly delegateId: string | null;
  readonly allCases: boolean;
  readonly caseIds: readonly string[];
  readonly rights: string;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  readonly fromAt: Date | null;
  readonly untilAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}
export type DelegationRow = Omit<Delegation, "allCases" | "caseIds"> & { allCases: number | boolean; caseIds: string };

export const COLUMNS = `d.id, d.kind, d.state, d.account_id AS accountId, d.delegate_id AS delegateId, d.all_cases AS allCases, d.case_ids AS caseIds,
  d.rights, d.offered_at AS offeredAt, d.expires_at AS expiresAt, d.from_at AS fromAt, d.until_at AS untilAt, d.accepted_at AS acceptedAt,
  d.ended_at AS endedAt, d.ended_by AS endedBy`;

/** A moment of a plain statement in a work comes as the database's text. */
const moment = (value: Date | string | null): Date | null =>
  value === null ? null : value instanceof Date ? value : new Date(`${value.replace(" ", "T")}Z`);
const maybe = (value: string | null): string | null => (value === null ? null : String(value));

export const plain = (row: DelegationRow): Delegation => ({
  ...row,
  id: String(row.id),
  accountId: String(row.accountId),
  delegateId: maybe(row.delegateId),
  endedBy: maybe(row.endedBy),
  allCases: Number(row.allCases) === 1,
  caseIds: row.caseIds.split(",").filter(Boolean),
  offeredAt: moment(row.offeredAt) as Date,
  expiresAt: moment(row.expiresAt) as Date,
  fromAt: moment(row.fromAt),
  untilAt: moment(row.untilAt),
  acceptedAt: moment(row.acceptedAt),
  endedAt: moment(row.endedAt),
});

export const codeIndex = (vault: Vault, code: string): string => vault.index("delegation code", code);

/** What a lawyer may leave to others, in SQL: where they act for somebody else, by a mandate of their own, now. */
export const delegableSql = (table: string): string =>
  `${table}.delegation_id IS NULL AND ${table}.capacity = 'agent' AND (${table}.agent_kind IS NULL OR ${table}.agent_kind <> 'guardian')
     AND ${table}.state = 'active' AND (${table}.until_at IS NULL OR ${table}.until_at > UTC_TIMESTAMP(3))`;

/** Held until the work is done; whoever is neither of the two does not find it. Throws `delegation.not_found`. */
export async function holdOwnDelegation(work: Work, id: string): Promise<Delegation> {
  const [row] = await work.query<DelegationRow>(`SELECT ${COLUMNS} FROM case_delegation d WHERE d.id = ? FOR UPDATE`, [
    id,
  ]);
  const found = row ? plain(row) : null;
  const { accountId, role } = work.actor;
  const isTheirs = found && (role === "system" || found.accountId === accountId || found.delegateId === accountId);
  if (!isTheirs) throw problem("delegation.not_found");
  return found;
}

/** The offer a code opens now, held. Throws `delegation.code_refused`, alike for wrong, used and expired ones. */
export async function holdOffer(work: Work, vault: Vault, code: string): Promise<Delegation> {
  const [row] = await work.query<DelegationRow>(
    `SELECT ${COLUMNS} FROM case_delegation d WHERE d.code_index = ? AND d.state = 'offered' FOR UPDATE`,
    [codeIndex(vault, code)],
  );
  const found = row ? plain(row) : null;
  if (!found || found.expiresAt <= work.at) throw problem("delegation.code_refused");
  return found;
}

export const aboutDelegation = ({ id, kind, accountId, delegateId }: Delegation) => ({
  about: `delegation:${id}`,
  courtCode: null,
  delegationId: id,
  kind,
  accountId,
  delegateId,
});
