import { type Actor, isStaff } from "#core/actor.ts";
import { namesOfStaff } from "#modules/account/index.ts";
import { nameOfCourt } from "#modules/court/index.ts";
import type { Means } from "#modules/module.ts";
import { findCaseType, findCause } from "#modules/reference/index.ts";
import { listThrough } from "./delegation-present.ts";
import { openWord } from "./enter.ts";
import { isActiveTo } from "./powers.ts";
import { problem } from "./problems.ts";
import { type CaseRow, COLUMNS, EXCHANGES, OUTCOMES, PROCEDURES, visibleTo } from "./store.ts";
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

/** A party with one of those who act for it now; alone where nobody does. */
interface PartyRow {
  readonly caseId: string;
  readonly partyKey: string;
  readonly side: string;
  readonly position: number;
  readonly name: Buffer;
  /** Null: nobody acts. */
  readonly actingRow: string | null;
  readonly actingRef: string | null;
  readonly actingId: string | null;
  readonly capacity: string;
  readonly agentKind: string | null;
  readonly powers: string;
  readonly firm: string;
  readonly agentName: Buffer | null;
  readonly delegationId: string | null;
}
const PARTY = `p.case_id AS caseId, p.party_key AS partyKey, p.side, p.position, p.name, cp.id AS actingRow, cp.seal_ref AS actingRef, cp.account_id AS actingId, cp.capacity,
  cp.agent_kind AS agentKind, cp.powers, cp.firm, cp.name AS agentName, cp.delegation_id AS delegationId`;
/** Those whom other lawyers left the case to are nobody's agents: who reads as the court, or by a right of their own, does not see them. */
const acting = (actor: Actor): string =>
  `LEFT JOIN case_participant cp ON cp.case_id = p.case_id AND cp.party_key = p.party_key AND ${isActiveTo(isStaff(actor) ? { ownRightOnly: true } : actor, "cp")}`;

const namesOf = (caseIds: readonly string[]): string => caseIds.map(() => "?").join(",");
const idsIn = (row: CaseRow): string[] => [
  ...(row.judgeId ? [String(row.judgeId)] : []),
  ...(row.panelIds ? row.panelIds.split(",") : []),
  ...(row.courtClerkId ? [String(row.courtClerkId)] : []),
];

/** As the case has its parties, and each party those who act for it: to sort a handful is dearer in the database. */
const byPlace = (one: PartyRow, other: PartyRow): number =>
  one.position - other.position || Number(one.actingRow) - Number(other.actingRow);

/** Rows by what they have in common, each lot in the order in which it came. */
function inOrder<T>(rows: readonly T[], by: (row: T) => string): Map<string, T[]> {
  const lots = new Map<string, T[]>();
  for (const row of rows) {
    const lot = lots.get(by(row));
    if (lot) lot.push(row);
    else lots.set(by(row), [row]);
  }
  return lots;
}

/** One case for one who may see it, in one statement: it is what is read most. Throws `case.not_found`. */
export async function presentCase(means: Means, actor: Actor, id: string) {
  const { sql, values } = visibleTo(actor);
  const rows = await means.database.read<CaseRow & PartyRow>(
    `SELECT STRAIGHT_JOIN ${COLUMNS}, ${PARTY} FROM court_case c JOIN case_party p ON p.case_id = c.id ${acting(actor)}
     WHERE c.id = ? AND ${sql}`,
    [id, ...values],
  );
  const [row] = rows;
  if (!row) throw problem("case.not_found");
  const [view] = await present(means, actor, [row], rows);
  return view;
}

/** Cases as their readers see them: who the parties are and who acts for each, who tries it, by which procedure. */
export async function presentCases(means: Means, actor: Actor, rows: readonly CaseRow[]) {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const parties = await means.database.read<PartyRow>(
    `SELECT ${PARTY} FROM case_party p ${acting(actor)} WHERE p.case_id IN (${namesOf(ids)})`,
    ids,
  );
  return present(means, actor, rows, parties);
}

async function present(
  { database, vault }: Means,
  actor: Actor,
  rows: readonly CaseRow[],
  rowsOfParties: readonly PartyRow[],
) {
  const ids = rows.map(({ id }) => id);
  const people = await namesOfStaff(database, rows.flatMap(idsIn));
  const isMine = ({ actingId }: PartyRow) => actingId !== null && String(actingId) === actor.accountId;
  const ofCase = inOrder(rowsOfParties, ({ caseId }) => String(caseId));
  // Whoever takes part by a right of their own handles it for nobody: hardly anybody has to be asked about.
  const handled = ids.filter((id) => {
    const own = ofCase.get(String(id))?.filter(isMine) ?? [];
    return own.length > 0 && own.every(({ delegationId }) => delegationId !== null);
  });
  const through = await listThrough(database, vault, actor.accountId, handled);
  const person = (id: string) => ({ id, name: people.get(id) ?? "" });
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
      parties: [...inOrder((ofCase.get(String(row.id)) ?? []).sort(byPlace), ({ partyKey }) => partyKey).values()].map(
        (acting) => {
          const { partyKey, side, name } = acting[0] as PartyRow;
          return {
            key: partyKey,
            side,
            sideLabel: SIDES[side] ?? side,
            name: vault.open(name, `case ${row.sealRef}`),
            mine: acting.some(isMine),
            joined: acting.some(({ actingId }) => actingId !== null),
            agents: acting.flatMap(({ actingRef, capacity, agentName, agentKind, firm, powers }) =>
              actingRef === null || capacity !== "agent" || agentName === null
                ? []
                : [
                    {
                      name: openWord(vault, { sealRef: actingRef }, "name", agentName),
                      kind: labelled(agentKind, AGENT_KINDS),
                      firm,
                      powers: { code: powers, label: POWER_KINDS[powers] ?? powers },
                    },
                  ],
            ),
          };
        },
      ),
      through: through.get(String(row.id)) ?? null,
      filingId: isStaff(actor) || String(row.accountId) === actor.accountId ? row.filingId : null,
    })),
  );
}
