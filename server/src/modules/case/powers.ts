import type { Reader } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Work } from "#core/work.ts";
import type { Capacity } from "./participant-model.ts";
import { problem } from "./problems.ts";

/** 特别授权 (民诉法§62): what an agent may do only where the power of attorney says so. */
export const POWERS = {
  admit: "承认诉讼请求",
  waive: "放弃诉讼请求",
  change: "变更诉讼请求",
  settle: "和解",
  counterclaim: "提起反诉",
  appeal: "提起上诉",
} as const;
export type Power = keyof typeof POWERS;

/** What may be left to an assistant or a stand-in; signing, handing in, taking back, paying and joining are not among it. */
export const RIGHTS = {
  read: "查看案件",
  acknowledge: "代律师将变动标为已阅",
  mark: "标记待办事项",
  draft: "起草材料",
  threads: "联系法官",
  dates: "答复开庭时间",
} as const;
export type Right = keyof typeof RIGHTS;

const runs = (table: string): string =>
  `${table}.state = 'active' AND (${table}.until_at IS NULL OR ${table}.until_at > UTC_TIMESTAMP(3))`;

/**
 * Who takes part now, in SQL and by the database's clock: the same words wherever it is asked. An assistant or a stand-in takes
 * part while what was agreed with the lawyer runs, and no longer than that lawyer does; no timer has to ring for it to end.
 */
export const isActive = (table: string): string =>
  `${runs(table)} AND (${table}.delegation_id IS NULL OR EXISTS (
    SELECT 1 FROM case_delegation dg JOIN case_participant principal ON principal.id = ${table}.through_id
    WHERE dg.id = ${table}.delegation_id AND ${runs("dg")} AND (dg.from_at IS NULL OR dg.from_at <= UTC_TIMESTAMP(3))
      AND ${runs("principal")}))`;

/**
 * The same for rows of the reader's own, or where the delegates of others make no difference. Almost nobody handles anything for
 * others, and the longer words cost a fifth of a read of a case.
 */
export const isActiveTo = ({ ownRightOnly = false }: Pick<Reader, "ownRightOnly">, table: string): string =>
  ownRightOnly ? `${runs(table)} AND ${table}.delegation_id IS NULL` : isActive(table);

/**
 * Who acts now for the party of a row, in SQL, for rooms that keep rows of parties: the same words and the same clock as for the
 * case itself. `table` has `case_id` and `party_key`.
 */
export const actsFor = (reader: Reader, table: string): { sql: string; values: Value[] } => ({
  sql: `(SELECT 1 FROM case_participant cp WHERE cp.case_id = ${table}.case_id AND cp.party_key = ${table}.party_key
    AND cp.account_id = ? AND ${isActiveTo(reader, "cp")} LIMIT 1) = 1`,
  values: [reader.accountId],
});

export interface Participant {
  readonly id: string;
  readonly accountId: string;
  readonly partyKey: string;
  readonly side: string;
  readonly capacity: Capacity;
  readonly agentKind: string | null;
  readonly powers: "own" | "general" | "special";
  readonly specialPowers: readonly Power[];
}

/**
 * Everybody who takes part in a case now by a right of their own and has an account; whoever is served, signs and moves is one of
 * these. Assistants and stand-ins are not: see `handlersOf`.
 */
export const participantsOf = async (from: Database | Work, caseId: string): Promise<Participant[]> =>
  (await handlersOf(from, caseId)).filter(({ rights }) => rights === null);

/** One who takes part, or does some of the work for one who does. */
export interface Handler extends Participant {
  /** Null for who takes part by a right of their own; else what the lawyer lets them do. */
  readonly rights: readonly Right[] | null;
}

/** The participants, and after them those who stand in for or assist one of them now. */
export async function handlersOf(from: Database | Work, caseId: string): Promise<Handler[]> {
  const ask = "read" in from ? from.read.bind(from) : from.query.bind(from);
  const rows = (await ask(
    `SELECT cp.id, cp.account_id AS accountId, cp.party_key AS partyKey, p.side, cp.capacity, cp.agent_kind AS agentKind, cp.powers,
       cp.special_powers AS specialPowers, given.rights
     FROM case_participant cp JOIN case_party p ON p.case_id = cp.case_id AND p.party_key = cp.party_key
       LEFT JOIN case_delegation given ON given.id = cp.delegation_id
     WHERE cp.case_id = ? AND cp.account_id IS NOT NULL AND ${isActive("cp")} ORDER BY cp.delegation_id IS NOT NULL, p.position, cp.id`,
    [caseId],
  )) as (Omit<Handler, "specialPowers" | "rights"> & { specialPowers: string; rights: string | null })[];
  return rows.map(({ specialPowers, rights, ...row }) => ({
    ...row,
    id: String(row.id),
    accountId: String(row.accountId),
    specialPowers: specialPowers === "" ? [] : (specialPowers.split(",") as Power[]),
    rights: rights === null ? null : (rights.split(",") as Right[]),
  }));
}

/** Whether a party of the case has, or had, an agent; accounts or not. */
export async function hasAgents(database: Database, caseId: string): Promise<boolean> {
  const [agent] = await database.read(
    "SELECT 1 FROM case_participant WHERE case_id = ? AND capacity = 'agent' AND state IN ('active', 'ended') LIMIT 1",
    [caseId],
  );
  return agent !== undefined;
}

/** Whether somebody may do this part of a case's work: with a right of their own always. */
export const mayHandle = ({ rights }: Handler, right: Right): boolean => rights === null || rights.includes(right);

/** For which parties of a case the actor may do this part of the work now. */
export async function handlingFor(work: Work, caseId: string, right: Right): Promise<Handler[]> {
  return (await handlersOf(work, caseId)).filter(
    (one) => one.accountId === work.actor.accountId && mayHandle(one, right),
  );
}

/** For which lawyers the actor may do this part of the work now, in some case or other. */
export async function lawyersOf(work: Work, right: Right): Promise<string[]> {
  const rows = await work.query<{ id: string }>(
    `SELECT DISTINCT dg.account_id AS id FROM case_delegation dg
     WHERE dg.delegate_id = ? AND FIND_IN_SET(?, dg.rights) AND ${runs("dg")} AND (dg.from_at IS NULL OR dg.from_at <= UTC_TIMESTAMP(3))`,
    [work.actor.accountId, right],
  );
  return rows.map(({ id }) => String(id));
}

/**
 * For whom an account may do this part of the work in the case of a row, in SQL: the lawyer's account id, null where there is none.
 */
export const handlesFor = (accountId: string, table: string, right: Right): { sql: string; values: Value[] } => ({
  sql: `(SELECT given.account_id FROM case_participant cp JOIN case_delegation given ON given.id = cp.delegation_id
    WHERE cp.account_id = ? AND cp.case_id = ${table}.case_id AND FIND_IN_SET(?, given.rights) AND ${isActive("cp")} LIMIT 1)`,
  values: [accountId, right],
});

/** In which cases an account acts now, and for which parties: for lists of what belongs to one side only. */
export async function partiesActedFor(
  database: Pick<Database, "read">,
  reader: Reader,
): Promise<{ caseId: string; partyKey: string }[]> {
  const rows = await database.read<{ caseId: string; partyKey: string }>(
    `SELECT cp.case_id AS caseId, cp.party_key AS partyKey FROM case_participant cp WHERE cp.account_id = ? AND ${isActiveTo(reader, "cp")}`,
    [reader.accountId],
  );
  return rows.map(({ caseId, partyKey }) => ({ caseId: String(caseId), partyKey }));
}

/** Whether one who takes part may do what needs this power: parties, their representatives and guardians always may. */
export const hasPower = ({ powers, specialPowers }: Participant, power: Power): boolean =>
  powers === "own" || (powers === "special" && specialPowers.includes(power));

/** The parties of a case for whom the actor acts now, in the order of the case. */
export async function actingFor(work: Work, caseId: string): Promise<Participant[]> {
  return (await participantsOf(work, caseId)).filter(({ accountId }) => accountId === work.actor.accountId);
}

/**
 * The actor's participation that carries this power, for `partyKey` where it is given. Throws 403 `case.power_needed`, naming
 * the power; 404 `case.not_found` where the actor takes no part at all. (民诉法§62; reliability rule 25)
 */
export async function requirePower(work: Work, caseId: string, power: Power, partyKey?: string): Promise<Participant> {
  const mine = await actingFor(work, caseId);
  if (mine.length === 0) throw problem("case.not_found");
  const found = mine.find((one) => hasPower(one, power) && (partyKey === undefined || one.partyKey === partyKey));
  if (found) return found;
  throw problem("case.power_needed", {
    detail: `“${POWERS[power]}”须有当事人的特别授权。请由当事人本人办理，或者补交写明该项权限的授权委托书。`,
  });
}

/**
 * Who takes part now in the case of a row, in SQL, for rooms that keep rows by account: whoever has left finds nothing of it. A
 * value rather than EXISTS, which MariaDB would turn round: all cases of the account first, instead of the page that is read.
 */
export const takesPart = (reader: Reader, table: string): { sql: string; values: Value[] } => ({
  sql: `(SELECT 1 FROM case_participant cp WHERE cp.account_id = ? AND cp.case_id = ${table}.case_id AND ${isActiveTo(reader, "cp")} LIMIT 1) = 1`,
  values: [reader.accountId],
});

/** Whether an account (an expression) handles cases for somebody else at all, in SQL. */
export const handlesForOthers = (account: string): string =>
  `EXISTS (SELECT 1 FROM case_delegation others WHERE others.delegate_id = ${account} AND others.state = 'active')`;
