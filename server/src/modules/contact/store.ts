import { type Actor, isStaff, type Role } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { handlersOf, partiesActedFor } from "#modules/case/index.ts";
import { Thread } from "./model.ts";
import { problem } from "./problems.ts";
import { type Awaiting, BENCH, type ThreadState } from "./workflow.ts";

export interface ThreadRow {
  readonly id: string;
  readonly sealRef: string;
  readonly courtCode: string;
  readonly caseId: string | null;
  readonly accountId: string;
  readonly partyKey: string | null;
  readonly subject: Buffer;
  readonly state: ThreadState;
  readonly awaiting: Awaiting;
  readonly turn: number;
  readonly askedAt: Date;
  readonly dueAt: Date;
  readonly homeId: string;
  readonly ownerId: string;
  readonly rung: number;
  readonly escalatedTo: string | null;
  readonly messages: number;
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly rating: number | null;
  readonly ratingWords: Buffer | null;
}
const COLUMNS = `t.id, t.seal_ref AS sealRef, t.court_code AS courtCode, t.case_id AS caseId, t.account_id AS accountId, t.party_key AS partyKey,
  t.subject, t.state, t.awaiting, t.turn, t.asked_at AS askedAt, t.due_at AS dueAt, t.home_id AS homeId, t.owner_id AS ownerId, t.rung,
  t.escalated_to AS escalatedTo, t.messages, t.opened_at AS openedAt, t.last_at AS lastAt, t.closed_at AS closedAt, t.closed_by AS closedBy,
  t.rating, t.rating_words AS ratingWords`;

const text = (value: string | null): string | null => (value === null ? null : String(value));
const plain = (row: ThreadRow): ThreadRow => ({
  ...row,
  id: String(row.id),
  caseId: text(row.caseId),
  accountId: String(row.accountId),
  homeId: String(row.homeId),
  ownerId: String(row.ownerId),
  escalatedTo: text(row.escalatedTo),
});

export const isBench = (role: Role): boolean => (BENCH as readonly Role[]).includes(role);

/**
 * A thread is between the court and the one side that opened it. On the public's side it belongs to whoever opened a question
 * before a case, and in a case to those who act for that party now: co-parties, the other side and former agents find nothing,
 * for what a party asks is not evidence and not yet anybody else's. So that the judge is not spoken to behind the others'
 * backs, an answer that touches the case can be told to all parties (`toAll`): it stands in the course of the case.
 */
async function maySee(from: Database | Work, actor: Actor, row: ThreadRow | Thread): Promise<boolean> {
  if (actor.role === "system") return true;
  if (isStaff(actor)) return isBench(actor.role) && row.courtCode === actor.courtCode;
  if (row.caseId === null) return String(row.accountId) === actor.accountId;
  const people = await handlersOf(from, String(row.caseId));
  return people.some(({ accountId, partyKey }) => accountId === actor.accountId && partyKey === row.partyKey);
}

/** Throws `thread.not_found`, alike for absent and foreign. */
export async function findThread(database: Database, actor: Actor, id: string): Promise<ThreadRow> {
  const [row] = await database.read<ThreadRow>(`SELECT ${COLUMNS} FROM thread t WHERE t.id = ?`, [id]);
  if (!row || !(await maySee(database, actor, row))) throw problem("thread.not_found");
  return plain(row);
}

/** The same, its row held until the work is done. */
export async function holdThread(work: Work, id: string): Promise<Thread> {
  const row = await Thread.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!row || !(await maySee(work, work.actor, row))) throw problem("thread.not_found");
  return row;
}

export interface ThreadFilter {
  readonly caseId?: string | undefined;
  readonly awaiting?: Awaiting | undefined;
  readonly state?: ThreadState | undefined;
  /** Of the court's people: what is theirs to answer, or was escalated to them. */
  readonly mine?: boolean;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** For the court the soonest due first, for the public the latest word first; one row more than `limit`. */
export async function listThreads(database: Database, actor: Actor, filter: ThreadFilter): Promise<ThreadRow[]> {
  const values: Value[] = [];
  const where: string[] = [];
  const add = (condition: string, ...given: Value[]) => {
    where.push(condition);
    values.push(...given);
  };
  if (isStaff(actor)) {
    if (!isBench(actor.role)) return [];
    add("t.court_code = ?", actor.courtCode);
    if (filter.mine) add("(t.owner_id = ? OR t.escalated_to = ?)", actor.accountId, actor.accountId);
  } else {
    const sides = await partiesActedFor(database, actor);
    const pairs = sides.map(() => "(?, ?)").join(", ");
    add(
      `((t.case_id IS NULL AND t.account_id = ?)${pairs ? ` OR (t.case_id, t.party_key) IN (${pairs})` : ""})`,
      actor.accountId,
      ...sides.flatMap(({ caseId, partyKey }) => [caseId, partyKey]),
    );
  }
  if (filter.caseId) add("t.case_id = ?", filter.caseId);
  if (filter.awaiting) add("t.awaiting = ?", filter.awaiting);
  if (filter.state) add("t.state = ?", filter.state);
  const [column, direction, beyond] = isStaff(actor) ? ["due_at", "ASC", ">"] : ["last_at", "DESC", "<"];
  const place = /^(\d{1,15})_(\d{1,20})$/.exec(filter.cursor ?? "");
  if (place) {
    const moment = new Date(Number(place[1]));
    add(`(t.${column} ${beyond} ? OR (t.${column} = ? AND t.id ${beyond} ?))`, moment, moment, place[2] ?? "0");
  }
  const rows = await database.read<ThreadRow>(
    `SELECT ${COLUMNS} FROM thread t WHERE ${where.join(" AND ")} ORDER BY t.${column} ${direction}, t.id ${direction} LIMIT ${Number(filter.limit) + 1}`,
    values,
  );
  return rows.map(plain);
}
export const placeOf = (actor: Actor, { id, dueAt, lastAt }: ThreadRow): string =>
  `${(isStaff(actor) ? dueAt : lastAt).getTime()}_${id}`;

export interface MessageRow {
  readonly n: number;
  readonly side: "party" | "court";
  readonly accountId: string;
  readonly role: Role;
  readonly body: Buffer;
  readonly materialIds: string;
  readonly toAll: boolean;
  readonly at: Date;
}
/** In their order, of a thread that was found for its reader before. */
export async function listMessages(from: Pick<Database, "read">, threadId: string): Promise<MessageRow[]> {
  const rows = await from.read<MessageRow>(
    `SELECT n, side, account_id AS accountId, role, body, material_ids AS materialIds, to_all AS toAll, at
     FROM thread_message WHERE thread_id = ? ORDER BY n LIMIT 500`,
    [threadId],
  );
  return rows.map((row) => ({ ...row, accountId: String(row.accountId), toAll: Boolean(row.toAll) }));
}
export const materialsOf = ({ materialIds }: { materialIds: string }): string[] =>
  materialIds.split(",").filter(Boolean);

type Sealed = { readonly sealRef: string };
export const sealSubject = (vault: Vault, { sealRef }: Sealed, subject: string): Buffer =>
  vault.seal(subject, `thread ${sealRef} subject`);
export const openSubject = (vault: Vault, row: Sealed & { subject: Buffer }): string =>
  vault.open(row.subject, `thread ${row.sealRef} subject`);
export const sealBody = (vault: Vault, { sealRef }: Sealed, n: number, body: string): Buffer =>
  vault.seal(body, `thread ${sealRef} message ${n}`);
export const openBody = (vault: Vault, { sealRef }: Sealed, { n, body }: { n: number; body: Buffer }): string =>
  vault.open(body, `thread ${sealRef} message ${n}`);
export const sealRatingWords = (vault: Vault, { sealRef }: Sealed, words: string): Buffer =>
  vault.seal(words, `thread ${sealRef} rating`);
export const openRatingWords = (vault: Vault, row: Sealed & { ratingWords: Buffer | null }): string =>
  row.ratingWords === null ? "" : vault.open(row.ratingWords, `thread ${row.sealRef} rating`);
