import { type Actor, isStaff } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Language } from "#core/language.ts";
import { LANGUAGES } from "#core/language.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import type { CourtCase } from "./model.ts";
import { actingFor } from "./powers.ts";
import { problem } from "./problems.ts";
import { holdCaseFor } from "./store.ts";
import { writeCaseEvent } from "./timeline.ts";

/** In which language a party is heard and written to, and whether the court interprets. */
export interface PartyLanguage {
  readonly partyKey: string;
  readonly language: Language;
  readonly interpreter: boolean;
  readonly chosenAt: Date;
  /** When the court had an interpreter for them. */
  readonly arrangedAt: Date | null;
}

/** The choices made in a case; a party that said nothing is heard in Chinese and is not listed. */
export async function languagesOf(from: Pick<Database, "read">, caseId: string): Promise<PartyLanguage[]> {
  const rows = await from.read<Omit<PartyLanguage, "interpreter"> & { interpreter: number }>(
    "SELECT party_key AS partyKey, language, interpreter, chosen_at AS chosenAt, arranged_at AS arrangedAt FROM case_language WHERE case_id = ?",
    [caseId],
  );
  return rows.map((row) => ({ ...row, interpreter: Number(row.interpreter) === 1 }));
}

/** For whom the actor may choose: the court for every party, everybody else for the parties they act for. */
export async function mayChooseFor(work: Work, caseId: string): Promise<(partyKey: string) => boolean> {
  if (isStaff(work.actor)) return () => true;
  const own = new Set((await actingFor(work, caseId)).map(({ partyKey }) => partyKey));
  return (partyKey) => own.has(partyKey);
}

export interface LanguageChoice {
  readonly partyKey: string;
  readonly language: Language;
  readonly interpreter: boolean;
}

/**
 * Keeps what a party wants; the court hears of it when an interpreter is newly asked for. Throws 404 for whoever may not see the
 * case or the party, 403 `case.not_yours_to_decide`.
 */
export async function chooseLanguage(work: Work, vault: Vault, id: string, choice: LanguageChoice): Promise<CourtCase> {
  const row = await holdCaseFor(work, id);
  const [party] = await work.query("SELECT party_key FROM case_party WHERE case_id = ? AND party_key = ?", [
    row.id,
    choice.partyKey,
  ]);
  if (!party) throw problem("case.no_party");
  if (!(await mayChooseFor(work, String(row.id)))(choice.partyKey)) throw problem("case.not_yours_to_decide");
  await keepLanguage(work, vault, row, choice);
  return row;
}

/** What the one who filed said about it becomes their party's choice, when the case is opened. */
export async function carryLanguage(
  work: Work,
  vault: Vault,
  row: CourtCase,
  { language, interpreter }: { readonly language: Language | null; readonly interpreter: boolean | null },
): Promise<void> {
  if (language === null && interpreter !== true) return;
  const [own] = await work.query<{ partyKey: string }>(
    "SELECT party_key AS partyKey FROM case_participant WHERE case_id = ? AND account_id = ? ORDER BY id LIMIT 1",
    [row.id, row.accountId],
  );
  if (!own) return;
  const choice = { partyKey: own.partyKey, language: language ?? "zh-CN", interpreter: interpreter === true };
  await keepLanguage(work, vault, row, choice);
}

async function keepLanguage(
  work: Work,
  vault: Vault,
  row: CourtCase,
  { partyKey, language, interpreter }: LanguageChoice,
): Promise<void> {
  const caseId = String(row.id);
  const [before] = await work.query<{ language: Language; interpreter: number }>(
    "SELECT language, interpreter FROM case_language WHERE case_id = ? AND party_key = ? FOR UPDATE",
    [caseId, partyKey],
  );
  const same = before?.language === language && (Number(before?.interpreter) === 1) === interpreter;
  if (same) return;
  await work.change(
    `INSERT INTO case_language (case_id, court_code, party_key, language, interpreter, chosen_by, chosen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE language = VALUES(language), interpreter = VALUES(interpreter), chosen_by = VALUES(chosen_by),
       chosen_at = VALUES(chosen_at), arranged_at = NULL, arranged_by = NULL`,
    [caseId, row.courtCode, partyKey, language, interpreter ? 1 : 0, work.actor.accountId, work.at],
  );
  const about = { about: `case:${caseId}`, courtCode: row.courtCode, caseId, partyKey } as const;
  await work.emit({ name: "case.language_chosen", ...about, language, interpreter });
  if (!interpreter) return;
  await work.emit({ name: "case.interpreter_asked", ...about, language });
  await writeCaseEvent(work, vault, row, {
    kind: "interpreter_asked",
    source: `interpreter:${partyKey}:${language}`,
    title: "当事人需要翻译",
    detail: `${LANGUAGES[language]}；由法院提供，不收费`,
  });
}

/** Whose choices a reader sees: the court all, everybody else those of the parties they act for. */
export const seesLanguageOf = (actor: Actor, own: readonly string[], partyKey: string): boolean =>
  isStaff(actor) || own.includes(partyKey);
