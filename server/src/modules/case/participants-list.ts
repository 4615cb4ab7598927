import { type Actor, isStaff } from "#core/actor.ts";
import type { Means } from "#modules/module.ts";
import { nameLawyers } from "./delegation-present.ts";
import { KINDS } from "./delegation-workflow.ts";
import { openWord } from "./enter.ts";
import { mayMove, ownParties } from "./participant-move.ts";
import { type ParticipantState, participantWorkflow } from "./participant-workflow.ts";
import { isActive, POWERS, type Power } from "./powers.ts";
import { AGENT_KINDS, labelled, POWER_KINDS, SIDES } from "./present.ts";
import type { CaseRow } from "./store.ts";

const CAPACITIES: Readonly<Record<string, string>> = {
  party: "本人",
  representative: "法定代表人或者经办人",
  agent: "代理人",
  assistant: KINDS.assistant,
  stand_in: KINDS.stand_in,
};
const VIA: Readonly<Record<string, string>> = {
  filing: "立案时确认",
  code: "凭访问码关联",
  identity: "凭实名身份关联",
  confirmation: "当事人确认",
  court: "法院确认",
  delegation: "律师安排",
};

interface Row {
  readonly id: string;
  readonly sealRef: string;
  readonly accountId: string | null;
  readonly partyKey: string;
  readonly side: string;
  readonly partyName: Buffer;
  readonly capacity: string;
  readonly agentKind: string | null;
  readonly powers: string;
  readonly specialPowers: string;
  readonly name: Buffer | null;
  readonly firm: string;
  readonly via: string;
  readonly state: ParticipantState;
  readonly since: Date | null;
  readonly untilAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedReason: Buffer | null;
  /** Somebody who works for one of the others. */
  readonly delegationId: string | null;
  /** By the database's clock. */
  readonly lapsed: number;
}

/** Those who take part, and for the court, the client and themselves also those who wait, were refused or have left. */
export async function presentParticipants({ database, vault }: Means, actor: Actor, courtCase: CaseRow) {
  const rows = await database.read<Row>(
    `SELECT cp.id, cp.seal_ref AS sealRef, cp.account_id AS accountId, cp.party_key AS partyKey, p.side, p.name AS partyName, cp.capacity,
       cp.agent_kind AS agentKind, cp.powers, cp.special_powers AS specialPowers, cp.name, cp.firm, cp.via, cp.state, cp.since,
       COALESCE(cp.until_at, dg.until_at) AS untilAt, cp.ended_at AS endedAt, cp.ended_reason AS endedReason, cp.delegation_id AS delegationId,
       cp.state = 'active' AND NOT (${isActive("cp")}) AS lapsed
     FROM case_participant cp LEFT JOIN case_delegation dg ON dg.id = cp.delegation_id JOIN case_party p ON p.case_id = cp.case_id AND p.party_key = cp.party_key
     WHERE cp.case_id = ? ORDER BY p.position, cp.id`,
    [courtCase.id],
  );
  const isMine = ({ accountId }: Row) => accountId !== null && String(accountId) === actor.accountId;
  const stateOf = ({ state, lapsed }: Row): ParticipantState => (Number(lapsed) === 1 ? "ended" : state);
  const own = ownParties(rows.filter((row) => isMine(row) && stateOf(row) === "active"));
  const sides = new Set(rows.filter((row) => isMine(row) && stateOf(row) === "active").map(({ partyKey }) => partyKey));
  // Who works for a lawyer is the business of that side and of the court, while they do.
  const isShown = (row: Row): boolean =>
    row.delegationId === null
      ? isStaff(actor) || stateOf(row) === "active" || isMine(row) || own.includes(row.partyKey)
      : stateOf(row) === "active" && (isStaff(actor) || sides.has(row.partyKey));
  const names = await nameLawyers(
    vault,
    rows.flatMap((row) => (row.delegationId !== null && isShown(row) && row.accountId ? [String(row.accountId)] : [])),
  );
  return rows.filter(isShown).map((row) => {
    const inside = isStaff(actor) || isMine(row) || own.includes(row.partyKey);
    const state = stateOf(row);
    const partyName = vault.open(row.partyName, `case ${courtCase.sealRef}`);
    return {
      id: row.id,
      party: { key: row.partyKey, sideLabel: SIDES[row.side] ?? row.side, name: partyName },
      capacity: {
        code: row.capacity,
        label: row.agentKind === "guardian" ? "法定代理人" : (CAPACITIES[row.capacity] ?? ""),
      },
      name:
        row.delegationId !== null
          ? (names.get(String(row.accountId))?.name ?? "")
          : row.name === null
            ? partyName
            : openWord(vault, row, "name", row.name),
      agentKind: labelled(row.agentKind, AGENT_KINDS),
      powers: { code: row.powers, label: POWER_KINDS[row.powers] ?? row.powers },
      specialPowers: inside
        ? row.specialPowers
            .split(",")
            .filter(Boolean)
            .map((power) => ({ code: power, label: POWERS[power as Power] }))
        : [],
      firm: row.delegationId === null ? row.firm : (names.get(String(row.accountId))?.firm ?? ""),
      via: { code: row.via, label: VIA[row.via] ?? row.via },
      state: participantWorkflow.present(state),
      moves: participantWorkflow.open(state, actor.role).filter(({ action }) => mayMove(actor, own, row, action)),
      mine: isMine(row),
      joined: row.accountId !== null,
      since: row.since?.toISOString() ?? null,
      until: row.untilAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? (state === "ended" ? (row.untilAt?.toISOString() ?? null) : null),
      endedReason: inside && row.endedReason ? openWord(vault, row, "reason", row.endedReason) : "",
    };
  });
}

/** What an account has asked for, and what became of it: also where the case itself is closed to it. */
export async function presentAgencies({ database, vault }: Means, actor: Actor) {
  const rows = await database.read<Row & { caseId: string; caseNumber: string; caseSeal: string; askedAt: Date }>(
    `SELECT cp.id, cp.case_id AS caseId, c.number AS caseNumber, c.seal_ref AS caseSeal, cp.seal_ref AS sealRef, cp.account_id AS accountId,
       cp.party_key AS partyKey, p.name AS partyName, cp.capacity, cp.state, cp.asked_at AS askedAt, cp.ended_reason AS endedReason,
       cp.until_at AS untilAt,
       cp.state = 'active' AND cp.until_at IS NOT NULL AND cp.until_at <= UTC_TIMESTAMP(3) AS lapsed
     FROM case_participant cp JOIN court_case c ON c.id = cp.case_id
       JOIN case_party p ON p.case_id = cp.case_id AND p.party_key = cp.party_key
     WHERE cp.account_id = ? AND cp.capacity = 'agent' ORDER BY cp.id DESC LIMIT 100`,
    [actor.accountId],
  );
  return rows.map((row) => {
    const state: ParticipantState = Number(row.lapsed) === 1 ? "ended" : row.state;
    return {
      id: row.id,
      caseId: state === "active" || state === "waiting" ? String(row.caseId) : null,
      caseNumber: row.caseNumber,
      partyName: vault.open(row.partyName, `case ${row.caseSeal}`),
      state: participantWorkflow.present(state),
      moves: participantWorkflow.open(state, actor.role).filter(({ action }) => mayMove(actor, [], row, action)),
      askedAt: row.askedAt.toISOString(),
      endedReason: row.endedReason ? openWord(vault, row, "reason", row.endedReason) : "",
    };
  });
}
