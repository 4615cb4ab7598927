import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import { addDays } from "#core/period.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { Reception } from "./model.ts";
import { problem } from "./problems.ts";
import { DESK, OPEN, type Outcome, type Place, type ReceptionState, type Topic } from "./workflow.ts";

export interface ReceptionRow {
  readonly id: string;
  readonly sealRef: string;
  readonly number: string;
  readonly courtCode: string;
  readonly upperCode: string | null;
  readonly accountId: string;
  readonly caseId: string | null;
  readonly topic: Topic;
  readonly place: Place;
  readonly soon: boolean;
  readonly matter: Buffer;
  readonly state: ReceptionState;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly hearingId: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly dayNumber: number | null;
  readonly receiverId: string | null;
  readonly upperReceiverId: string | null;
  readonly clerkId: string | null;
  readonly declined: Buffer | null;
  readonly note: Buffer | null;
  readonly previousId: string | null;
  readonly outcome: Outcome | null;
  readonly answer: Buffer | null;
  readonly answeredAt: Date | null;
  readonly rating: number | null;
  readonly ratingWords: Buffer | null;
  readonly version: number;
}
const COLUMNS = `r.id, r.seal_ref AS sealRef, r.number, r.court_code AS courtCode, r.upper_code AS upperCode, r.account_id AS accountId,
  r.case_id AS caseId, r.topic, r.place, r.soon, r.matter, r.state, r.asked_at AS askedAt, r.due_at AS dueAt, r.hearing_id AS hearingId,
  r.starts_at AS startsAt, r.ends_at AS endsAt, r.day_number AS dayNumber, r.receiver_id AS receiverId,
  r.upper_receiver_id AS upperReceiverId, r.clerk_id AS clerkId, r.declined, r.note, r.previous_id AS previousId, r.outcome, r.answer,
  r.answered_at AS answeredAt, r.rating, r.rating_words AS ratingWords, r.version`;

const text = (value: string | null): string | null => (value === null ? null : String(value));
/** A work's own statements may give a moment as text. */
const when = (at: Date | string | null): Date | null =>
  at === null || at instanceof Date ? at : new Date(`${at.replace(" ", "T")}Z`);
const plain = (row: ReceptionRow): ReceptionRow => ({
  ...row,
  id: String(row.id),
  accountId: String(row.accountId),
  caseId: text(row.caseId),
  soon: Boolean(Number(row.soon)),
  hearingId: text(row.hearingId),
  receiverId: text(row.receiverId),
  upperReceiverId: text(row.upperReceiverId),
  clerkId: text(row.clerkId),
  previousId: text(row.previousId),
  askedAt: when(row.askedAt) as Date,
  dueAt: when(row.dueAt) as Date,
  startsAt: when(row.startsAt),
  endsAt: when(row.endsAt),
  answeredAt: when(row.answeredAt),
  version: Number(row.version),
});

export const isDesk = ({ role }: Actor): boolean => (DESK as readonly string[]).includes(role);

/**
 * Who sees a reception, in SQL: who asked for it; the window of its court, and that of the court above where it takes part;
 * judges and court clerks where they sit themselves.
 */
function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor)) return { sql: "r.account_id = ?", values: [actor.accountId] };
  if (isDesk(actor))
    return {
      sql: "(r.court_code = ? OR (r.upper_code = ? AND r.upper_receiver_id IS NOT NULL))",
      values: [actor.courtCode, actor.courtCode],
    };
  const me = actor.accountId;
  return { sql: "(r.receiver_id = ? OR r.upper_receiver_id = ? OR r.clerk_id = ?)", values: [me, me, me] };
}

/** Throws `reception.not_found`, alike for absent and foreign. */
export async function findReception({ read }: Pick<Database, "read">, actor: Actor, id: string): Promise<ReceptionRow> {
  const { sql, values } = visibleTo(actor);
  const [row] = await read<ReceptionRow>(`SELECT ${COLUMNS} FROM reception r WHERE r.id = ? AND ${sql}`, [
    id,
    ...values,
  ]);
  if (!row) throw problem("reception.not_found");
  return plain(row);
}

/** The same, held until the work is done. */
export async function holdReception(work: Work, id: string): Promise<Reception> {
  const row = await Reception.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!row) throw problem("reception.not_found");
  await findReception({ read: work.query }, work.actor, id);
  return row;
}

export interface ReceptionFilter {
  readonly state?: ReceptionState | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}
/** For the court what is due first, by default of what is open; for the public the newest first; one row more than `limit`. */
export async function listReceptions(
  { read }: Database,
  actor: Actor,
  { state, cursor, limit }: ReceptionFilter,
): Promise<ReceptionRow[]> {
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  const add = (condition: string, ...given: Value[]) => {
    where.push(condition);
    values.push(...given);
  };
  const staff = isStaff(actor);
  const states = state ? [state] : staff ? OPEN : [];
  if (states.length > 0) add(`r.state IN (${states.map(() => "?").join(",")})`, ...states);
  const [, at, last] = /^(\d{1,15})_(\d{1,20})$/.exec(cursor ?? "") ?? [];
  if (at && last) {
    const moment = new Date(Number(at));
    if (staff) add("(r.due_at > ? OR (r.due_at = ? AND r.id > ?))", moment, moment, last);
    else add("r.id < ?", last);
  }
  const rows = await read<ReceptionRow>(
    `SELECT ${COLUMNS} FROM reception r WHERE ${where.join(" AND ")}
     ORDER BY ${staff ? "r.due_at, r.id" : "r.id DESC"} LIMIT ${Number(limit) + 1}`,
    values,
  );
  return rows.map(plain);
}
export const placeOf = ({ id, dueAt }: ReceptionRow): string => `${dueAt.getTime()}_${id}`;

const beginOf = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
/** What this reader sees of a day, by the hour. */
export async function listDay({ read }: Pick<Database, "read">, actor: Actor, day: string): Promise<ReceptionRow[]> {
  const { sql, values } = visibleTo(actor);
  const rows = await read<ReceptionRow>(
    `SELECT ${COLUMNS} FROM reception r WHERE ${sql} AND r.starts_at >= ? AND r.starts_at < ? AND r.state <> 'withdrawn'
     ORDER BY r.starts_at, r.id LIMIT 500`,
    [...values, beginOf(day), beginOf(addDays(day, 1))],
  );
  return rows.map(plain);
}

/** Everybody whom one receiver hears on a day: whose turn it is depends on them. */
export async function listTurns(
  { read }: Pick<Database, "read">,
  receiverIds: readonly string[],
  day: string,
): Promise<ReceptionRow[]> {
  if (receiverIds.length === 0) return [];
  const rows = await read<ReceptionRow>(
    `SELECT ${COLUMNS} FROM reception r WHERE r.receiver_id IN (${receiverIds.map(() => "?").join(",")})
       AND r.starts_at >= ? AND r.starts_at < ? AND r.state <> 'withdrawn' ORDER BY r.starts_at, r.id LIMIT 500`,
    [...receiverIds, beginOf(day), beginOf(addDays(day, 1))],
  );
  return rows.map(plain);
}

/** 同一事项: earlier ones of the same person about the same case, or the same topic where there is none. */
export async function listEarlier(
  { read }: Pick<Database, "read">,
  actor: Actor,
  { id, accountId, caseId, topic }: Pick<ReceptionRow, "id" | "accountId" | "caseId" | "topic">,
): Promise<ReceptionRow[]> {
  const { sql, values } = visibleTo(actor);
  // A judge who receives sees what came before at their court, also where they did not sit.
  const seen = isStaff(actor) ? { sql: "r.court_code = ?", values: [actor.courtCode] } : { sql, values };
  const rows = await read<ReceptionRow>(
    `SELECT ${COLUMNS} FROM reception r WHERE ${seen.sql} AND r.account_id = ? AND r.id < ? AND r.state <> 'withdrawn'
       AND ${caseId === null ? "r.case_id IS NULL AND r.topic = ?" : "r.case_id = ?"} ORDER BY r.id DESC LIMIT 20`,
    [...seen.values, accountId, id, caseId ?? topic],
  );
  return rows.map(plain);
}

type Part = "matter" | "declined" | "note" | "answer" | "rating";
const boundTo = ({ sealRef }: { sealRef: string }, part: Part): string => `reception ${sealRef} ${part}`;
export const sealPart = (vault: Vault, row: { sealRef: string }, part: Part, words: string): Buffer =>
  vault.seal(words, boundTo(row, part));
export const openPart = (vault: Vault, row: { sealRef: string }, part: Part, sealed: Buffer | null): string =>
  sealed === null ? "" : vault.open(sealed, boundTo(row, part));
