import type { Actor } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { addDays } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { Questioning } from "./model.ts";
import { problem } from "./problems.ts";
import type { QuestioningAction, QuestioningState } from "./workflow.ts";
import { OPEN, STATES } from "./workflow.ts";

/**
 * Who sees a questioning, in SQL: who sits in it, of whichever court; a supervisor of its court; the officer whom its link let in;
 * and counsel who are admitted to it. Taking part in its case opens nothing.
 */
function visibleTo({ role, accountId, courtCode }: Actor): { sql: string; values: Value[] } {
  switch (role) {
    case "system":
      return { sql: "TRUE", values: [] };
    case "supervisor":
      return { sql: "q.court_code = ?", values: [courtCode] };
    case "judge":
    case "court_clerk":
      return { sql: "? IN (q.judge_id, q.clerk_id, COALESCE(q.assist_id, 0))", values: [accountId] };
    case "officer":
      return { sql: "q.officer_id = ?", values: [accountId] };
    case "litigant":
    case "lawyer":
      return { sql: "FIND_IN_SET(?, q.counsel_ids) > 0", values: [accountId] };
    default:
      return { sql: "FALSE", values: [] };
  }
}

/** Rows are read as models, so that a work and a plain reading see the same columns. */
async function idsBy(
  { read }: Pick<Database, "read">,
  actor: Actor,
  where: string,
  given: readonly Value[],
): Promise<string[]> {
  const { sql, values } = visibleTo(actor);
  const rows = await read<{ id: string }>(`SELECT q.id FROM questioning q WHERE ${sql} AND ${where}`, [
    ...values,
    ...given,
  ]);
  return rows.map(({ id }) => String(id));
}

async function rowsOf(ids: readonly string[], work?: Work): Promise<Questioning[]> {
  if (ids.length === 0) return [];
  const rows = await Questioning.findAll({ where: { id: [...ids] }, ...(work ? { transaction: work.tx } : {}) });
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

/** Throws `questioning.not_found`, alike for absent and foreign. */
export async function findQuestioning(
  database: Pick<Database, "read">,
  actor: Actor,
  id: string,
  work?: Work,
): Promise<Questioning> {
  const [row] = await rowsOf(await idsBy(database, actor, "q.id = ?", [id]), work);
  if (!row) throw problem("questioning.not_found");
  return row;
}

/** The same, held until the work is done. */
export async function holdQuestioning(work: Work, id: string): Promise<Questioning> {
  const row = await Questioning.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!row) throw problem("questioning.not_found");
  await findQuestioning({ read: work.query }, work.actor, id, work);
  return row;
}

export interface QuestioningFilter {
  readonly state?: QuestioningState | undefined;
  readonly caseId?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}
/** What the court still has to do, or all of one case, by their time. */
export async function listQuestionings(
  database: Pick<Database, "read">,
  actor: Actor,
  { state, caseId, limit, cursor }: QuestioningFilter,
): Promise<Questioning[]> {
  const states = state ? [state] : caseId ? STATES : OPEN;
  const [, at, last] = /^(\d{1,15})_(\d{1,20})$/.exec(cursor ?? "") ?? [];
  const from = at && last ? { at: new Date(Number(at)), last } : null;
  return rowsOf(
    await idsBy(
      database,
      actor,
      `q.state IN (${states.map(() => "?").join(",")}) ${caseId ? "AND q.case_id = ?" : ""} ${from ? "AND (q.starts_at > ? OR (q.starts_at = ? AND q.id > ?))" : ""}
       ORDER BY q.starts_at, q.id LIMIT ${Number(limit) + 1}`,
      [...states, ...(caseId ? [caseId] : []), ...(from ? [from.at, from.at, from.last] : [])],
    ),
  );
}
export const placeOf = ({ id, startsAt }: Questioning): string => `${startsAt.getTime()}_${id}`;

const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
export async function listDay(database: Pick<Database, "read">, actor: Actor, day: string): Promise<Questioning[]> {
  return rowsOf(
    await idsBy(
      database,
      actor,
      "q.starts_at >= ? AND q.starts_at < ? AND q.state NOT IN ('cancelled', 'declined') ORDER BY q.starts_at, q.id LIMIT 500",
      [beginOf(day), beginOf(addDays(day, 1))],
    ),
  );
}

/** All whose turn it is in the same rooms on that day, whichever court asked: whose rooms they are is said by their names. */
export async function listTurns(
  { read }: Pick<Database, "read">,
  rows: readonly Questioning[],
  day: string,
): Promise<Questioning[]> {
  if (rows.length === 0) return [];
  const ids = await read<{ id: string }>(
    `SELECT DISTINCT q.id, q.starts_at FROM questioning q JOIN custody_place p ON p.id = q.place_id
     JOIN custody_place o ON o.name = p.name JOIN questioning m ON m.place_id = o.id AND m.place_room = q.place_room
     WHERE m.id IN (${rows.map(() => "?").join(",")}) AND q.starts_at >= ? AND q.starts_at < ? AND q.state IN ('confirmed', 'held')
     ORDER BY q.starts_at, q.id LIMIT 500`,
    [...rows.map(({ id }) => id), beginOf(day), beginOf(addDays(day, 1))],
  );
  return rowsOf(ids.map(({ id }) => String(id)));
}

export async function writeStep(
  work: Work,
  { id }: Questioning,
  action: QuestioningAction | "ask" | "link" | "enter",
  actorId = work.actor.accountId,
): Promise<void> {
  await work.change("INSERT INTO questioning_step (questioning_id, action, actor_id, at) VALUES (?, ?, ?, ?)", [
    id,
    action,
    actorId,
    work.at,
  ]);
}

export const aboutQuestioning = ({ id, courtCode, caseId }: Questioning) => ({
  about: `questioning:${id}`,
  courtCode,
  questioningId: String(id),
  caseId: String(caseId),
});

type Part = "name" | "matter" | "officer" | "badge" | "note";
const boundTo = ({ sealRef }: { sealRef: string }, part: Part): string => `questioning ${sealRef} ${part}`;
export const sealPart = (vault: Vault, row: { sealRef: string }, part: Part, words: string): Buffer =>
  vault.seal(words, boundTo(row, part));
export const openPart = (vault: Vault, row: { sealRef: string }, part: Part, sealed: Buffer | null): string =>
  sealed === null ? "" : vault.open(sealed, boundTo(row, part));
