import { type Actor, isStaff } from "#core/actor.ts";
import { describeAccounts } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { findCaseType, findCause } from "#modules/reference/index.ts";
import { listThrough } from "./delegation-present.ts";
import { openWord } from "./enter.ts";
import { isActive } from "./powers.ts";
import { type CaseRow, EXCHANGES, OUTCOMES, PROCEDURES } from "./store.ts";
import { caseWorkflow } from "./workflow.ts";

export const SIDES: Readonly<Record<string, string>> = { plaintiff: "原告", defendant: "被告", third_party: "第三人" };
export const AGENT_KINDS: Readonly<Record<string, string>> = {
  lawyer: "律师",
  legal_worker: "基层法律服务工作者",
  relative: "近亲属",
  employee: "工作人员",
  recommended: "社区、单位或团体推荐的公民",
  guardian: "法定代理人",
};
export const POWER_KINDS: Readonly<Record<string, string>> = {
  own: "全部诉讼权利",
  general: "一般授权",
  special: "特别授权",
};

/** A code with its words, or null where there is none. */
export const labelled = (code: string | null, labels: Readonly<Record<string, string>>) =>
  code === null ? null : { code, label: labels[code] ?? code };

interface PartyRow {
  readonly caseId: string;
  readonly partyKey: string;
  readonly side: string;
  readonly name: Buffer;
}
interface ActiveRow {
  readonly caseId: string;
  readonly sealRef: string;
  readonly accountId: string | null;
  readonly partyKey: string;
  readonly capacity: string;
  readonly agentKind: string | null;
  readonly powers: string;
  readonly firm: string;
  readonly name: Buffer | null;
}

const namesOf = (caseIds: readonly string[]): string => caseIds.map(() => "?").join(",");
const idsIn = (row: CaseRow): string[] => [
  ...(row.judgeId ? [String(row.judgeId)] : []),
  ...(row.panelIds ? row.panelIds.split(",") : []),
  ...(row.courtClerkId ? [String(row.courtClerkId)] : []),
];

/** Cases as their readers see them: who the parties are and who acts for each, who tries it, by which procedure. */
export async function presentCases({ database, vault }: Means, actor: Actor, rows: readonly CaseRow[]) {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const staffIds = rows.flatMap(idsIn);
  const [parties, active, people, through] = await Promise.all([
    database.read<PartyRow>(
      `SELECT case_id AS caseId, party_key AS partyKey, side, name FROM case_party WHERE case_id IN (${namesOf(ids)}) ORDER BY case_id, position`,
      ids,
    ),
    database.read<ActiveRow>(
      `SELECT cp.case_id AS caseId, cp.seal_ref AS sealRef, cp.account_id AS accountId, cp.party_key AS partyKey, cp.capacity,
         cp.agent_kind AS agentKind, cp.powers, cp.firm, cp.name
       FROM case_participant cp WHERE cp.case_id IN (${namesOf(ids)}) AND ${isActive("cp")} ORDER BY cp.case_id, cp.id`,
      ids,
    ),
    staffIds.length > 0 ? describeAccounts(staffIds) : new Map<string, { displayName: string }>(),
    isStaff(actor) ? null : listThrough(database, vault, actor.accountId, ids),
  ]);
  const person = (id: string) => ({ id, name: people.get(id)?.displayName ?? "" });
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      state: caseWorkflow.present(row.state),
      moves: caseWorkflow.open(row.state, actor.role),
      court: { code: row.courtCode, name: await nameOfCourt(row.courtCode) },
      cause: { code: row.causeCode, name: findCause(row.causeCode).name },
      caseType: { code: row.caseTypeCode, name: findCaseType(row.caseTypeCode).name },
      title: vault.open(row.title, `case ${row.sealRef}`),
      filedOn: row.filedOn,
      acceptedOn: row.acceptedOn,
      amountFen: row.amountFen === null ? null : Number(row.amountFen),
      procedure: labelled(row.trialProcedure, PROCEDURES),
      exchange: { code: row.exchange, label: EXCHANGES[row.exchange] },
      closedOn: row.closedOn,
      outcome: labelled(row.outcome, OUTCOMES),
      judge: row.judgeId ? person(String(row.judgeId)) : null,
      panel: row.panelIds ? row.panelIds.split(",").map(person) : [],
      courtClerk: row.courtClerkId ? person(String(row.courtClerkId)) : null,
      parties: parties
        .filter(({ caseId }) => String(caseId) === String(row.id))
        .map(({ partyKey, side, name }) => {
          const acting = active.filter((one) => String(one.caseId) === String(row.id) && one.partyKey === partyKey);
          return {
            key: partyKey,
            side,
            sideLabel: SIDES[side] ?? side,
            name: vault.open(name, `case ${row.sealRef}`),
            mine: acting.some(({ accountId }) => accountId !== null && String(accountId) === actor.accountId),
            joined: acting.some(({ accountId }) => accountId !== null),
            agents: acting
              .filter(({ capacity, name: sealed }) => capacity === "agent" && sealed !== null)
              .map((agent) => ({
                name: openWord(vault, agent, "name", agent.name as Buffer),
                kind: labelled(agent.agentKind, AGENT_KINDS),
                firm: agent.firm,
                powers: { code: agent.powers, label: POWER_KINDS[agent.powers] ?? agent.powers },
              })),
          };
        }),
      through: through?.get(String(row.id)) ?? null,
      filingId: isStaff(actor) || String(row.accountId) === actor.accountId ? row.filingId : null,
    })),
  );
}
