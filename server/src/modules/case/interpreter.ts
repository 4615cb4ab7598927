import { type Actor, isStaff } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import { LANGUAGES, type Language } from "#core/language.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { PartyLanguage } from "./language.ts";
import { problem } from "./problems.ts";
import { findParties, listCases } from "./read.ts";
import { holdCaseFor } from "./store.ts";
import { writeCaseEvent } from "./timeline.ts";

const MOST = 200;

/** What this reader may do about a party's interpreter: the court says that it has found one. */
export const interpreterMoves = (actor: Actor, { interpreter, arrangedAt }: PartyLanguage) =>
  isStaff(actor) && interpreter && arrangedAt === null ? [{ action: "arrange", label: "已安排翻译" }] : [];

/** The court has found an interpreter for a party: it is told so. Throws 409 `case.no_interpreter_waited_for`. */
export async function arrangeInterpreter(work: Work, vault: Vault, id: string, partyKey: string): Promise<void> {
  const row = await holdCaseFor(work, id);
  const caseId = String(row.id);
  const changed = await work.change(
    `UPDATE case_language SET arranged_at = ?, arranged_by = ?
     WHERE case_id = ? AND party_key = ? AND interpreter = 1 AND arranged_at IS NULL`,
    [work.at, work.actor.accountId, caseId, partyKey],
  );
  if (changed !== 1) throw problem("case.no_interpreter_waited_for");
  const [{ language } = { language: "zh-CN" as Language }] = await work.query<{ language: Language }>(
    "SELECT language FROM case_language WHERE case_id = ? AND party_key = ?",
    [caseId, partyKey],
  );
  const about = { about: `case:${caseId}`, courtCode: row.courtCode, caseId, partyKey } as const;
  await work.emit({ name: "case.interpreter_arranged", ...about, language });
  await writeCaseEvent(work, vault, row, {
    kind: "interpreter_arranged",
    source: `interpreter:${partyKey}:${work.at.getTime()}`,
    title: "法院已安排翻译",
    detail: LANGUAGES[language],
  });
}

/** Parties of the court's running cases that still wait for an interpreter, the longest waiting first. */
export async function listInterpreterNeeds(database: Database, vault: Vault, actor: Actor, mine: boolean) {
  const rows = await database.read<{ caseId: string; partyKey: string; language: Language; askedAt: Date }>(
    `SELECT l.case_id AS caseId, l.party_key AS partyKey, l.language, l.chosen_at AS askedAt
     FROM case_language l JOIN court_case c ON c.id = l.case_id
     WHERE l.court_code = ? AND l.interpreter = 1 AND l.arranged_at IS NULL AND c.state = 'accepted'
       ${mine ? "AND (c.judge_id = ? OR c.court_clerk_id = ?)" : ""} ORDER BY l.chosen_at LIMIT ${MOST}`,
    [actor.courtCode, ...(mine ? [actor.accountId, actor.accountId] : [])],
  );
  const needs = rows.map((row) => ({ ...row, caseId: String(row.caseId) }));
  const cases = await listCases(
    database,
    vault,
    needs.map(({ caseId }) => caseId),
  );
  const parties = await findParties(database, vault, cases, needs);
  return needs.map((need) => ({
    ...need,
    number: cases.get(need.caseId)?.number ?? "",
    party: parties.get(`${need.caseId} ${need.partyKey}`) ?? { side: "", name: "" },
  }));
}
