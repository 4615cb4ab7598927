import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { caseIdsOf, holdCaseFor, takesPart } from "#modules/case/index.ts";
import { Hearing } from "./model.ts";
import { problem } from "./problems.ts";
import {
  type ClosedReason,
  type HearingKind,
  type HearingMode,
  type HearingState,
  SESSION_KINDS,
  type SeatRole,
} from "./workflow.ts";

export interface HearingRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly kind: HearingKind;
  readonly mode: HearingMode;
  readonly round: number;
  readonly postponed: number;
  readonly previousId: string | null;
  readonly state: HearingState;
  readonly minutes: number;
  /** Null while the parties still strike dates. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly orderAt: Date;
  readonly roomId: string | null;
  readonly isPublic: boolean;
  readonly closedReason: ClosedReason | null;
  readonly interpreter: string | null;
  readonly reasonCode: string;
  readonly reason: Buffer | null;
  readonly expiresAt: Date | null;
  readonly notifiedAt: Date | null;
  readonly closedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}
export const HEARING_COLUMNS = `h.id, h.seal_ref AS sealRef, h.case_id AS caseId, h.court_code AS courtCode, h.kind, h.mode, h.round, h.postponed,
  h.previous_id AS previousId, h.state, h.minutes, h.starts_at AS startsAt, h.ends_at AS endsAt, h.order_at AS orderAt, h.room_id AS roomId,
  h.is_public AS isPublic, h.closed_reason AS closedReason, h.interpreter, h.reason_code AS reasonCode, h.reason, h.expires_at AS expiresAt,
  h.notified_at AS notifiedAt, h.closed_at AS closedAt, h.created_at AS createdAt, h.version`;

const text = (value: string | null): string | null => (value === null ? null : String(value));
export const asHearing = (row: HearingRow): HearingRow => ({
  ...row,
  id: String(row.id),
  caseId: String(row.caseId),
  previousId: text(row.previousId),
  roomId: text(row.roomId),
  isPublic: Boolean(Number(row.isPublic)),
  round: Number(row.round),
  postponed: Number(row.postponed),
  minutes: Number(row.minutes),
  version: Number(row.version),
});

/** A row of the rooms: a session may belong to no case. */
export type SittingRow = Omit<HearingRow, "caseId"> & { readonly caseId: string | null };
export const asSitting = (row: HearingRow): SittingRow => ({
  ...asHearing(row),
  caseId: text(row.caseId),
});
/** 接访 and 提讯 are found by those who have a place in them, through rooms of their own. */
export const OF_CASES = `h.kind NOT IN (${SESSION_KINDS.map((kind) => `'${kind}'`).join(", ")})`;

/** Who may see a hearing, in SQL: the people of its court who work on cases, and those who take part in its case now. */
export function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (!isStaff(actor)) {
    const { sql, values } = takesPart(actor, "h");
    return { sql: `${OF_CASES} AND ${sql}`, values };
  }
  if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
  return { sql: `h.court_code = ? AND ${OF_CASES}`, values: [actor.courtCode] };
}

/** Throws `hearing.not_found`, alike for absent and foreign. */
export async function findHearing(database: Pick<Database, "read">, actor: Actor, id: string): Promise<HearingRow> {
  const { sql, values } = visibleTo(actor);
  const [row] = await database.read<HearingRow>(`SELECT ${HEARING_COLUMNS} FROM hearing h WHERE h.id = ? AND ${sql}`, [
    id,
    ...values,
  ]);
  if (!row) throw problem("hearing.not_found");
  return asHearing(row);
}

/** The same, held until the work is done; the row of its case is held before it, as everywhere. */
export async function holdHearing(work: Work, id: string): Promise<Hearing> {
  const { sql, values } = visibleTo(work.actor);
  const [seen] = await work.query<{ caseId: string }>(
    `SELECT h.case_id AS caseId FROM hearing h WHERE h.id = ? AND ${sql}`,
    [id, ...values],
  );
  if (!seen) throw problem("hearing.not_found");
  await holdCaseFor(work, String(seen.caseId), { anyway: true });
  const row = await Hearing.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!row) throw problem("hearing.not_found");
  return row;
}

export interface Seat {
  readonly id: string;
  readonly hearingId: string;
  readonly resourceId: string | null;
  readonly role: SeatRole;
  readonly booked: boolean;
  readonly participantId: string | null;
  readonly accountId: string | null;
  readonly partyKey: string | null;
  readonly mode: "in_person" | "online" | null;
}
/** Everybody who has a place in these hearings, in the order they were given one. */
export async function seatsOf(from: Database | Work, ...hearingIds: readonly string[]): Promise<Seat[]> {
  if (hearingIds.length === 0) return [];
  const ask = "read" in from ? from.read.bind(from) : from.query.bind(from);
  const rows = (await ask(
    `SELECT id, hearing_id AS hearingId, resource_id AS resourceId, role, booked, participant_id AS participantId, account_id AS accountId,
       party_key AS partyKey, mode
     FROM hearing_seat WHERE hearing_id IN (${hearingIds.map(() => "?").join(",")}) ORDER BY id`,
    [...hearingIds],
  )) as Seat[];
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    hearingId: String(row.hearingId),
    resourceId: text(row.resourceId),
    booked: Boolean(Number(row.booked)),
    participantId: text(row.participantId),
    accountId: text(row.accountId),
  }));
}

export interface HearingFilter {
  readonly caseId?: string | undefined;
  readonly from?: Date | undefined;
  /** Before this moment. */
  readonly until?: Date | undefined;
  readonly state?: HearingState | undefined;
  readonly roomId?: string | undefined;
  /** Of the court's people: where they sit themselves. */
  readonly mine?: boolean | undefined;
  /** The same for a colleague. */
  readonly staffId?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}
/** By their time, one row more than `limit`. */
export async function listHearings(database: Database, actor: Actor, filter: HearingFilter): Promise<HearingRow[]> {
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  const add = (condition: string, ...more: Value[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (filter.caseId) add("h.case_id = ?", filter.caseId);
  else if (!isStaff(actor) && actor.role !== "system") {
    // The person's own cases first: of a hundred thousand hearings only theirs are looked at.
    const ids = await caseIdsOf(database, actor.accountId);
    if (ids.length === 0) return [];
    add(`h.case_id IN (${ids.map(() => "?").join(",")})`, ...ids);
  }
  if (filter.from) add("h.order_at >= ?", filter.from);
  if (filter.until) add("h.order_at < ?", filter.until);
  if (filter.state) add("h.state = ?", filter.state);
  if (filter.roomId) add("h.room_id = ?", filter.roomId);
  const sitter = filter.mine ? actor.accountId : filter.staffId;
  if (sitter && isStaff(actor)) add("h.id IN (SELECT s.hearing_id FROM hearing_seat s WHERE s.account_id = ?)", sitter);
  const [, at, last] = /^(\d{1,15})_(\d{1,20})$/.exec(filter.cursor ?? "") ?? [];
  if (at && last) {
    const moment = new Date(Number(at));
    add("(h.order_at > ? OR (h.order_at = ? AND h.id > ?))", moment, moment, last);
  }
  const rows = await database.read<HearingRow>(
    `SELECT ${HEARING_COLUMNS} FROM hearing h WHERE ${where.join(" AND ")} ORDER BY h.order_at, h.id LIMIT ${Number(filter.limit) + 1}`,
    values,
  );
  return rows.map(asHearing);
}
export const placeOf = ({ orderAt, id }: HearingRow): string => `${orderAt.getTime()}_${id}`;

export interface OptionRow {
  readonly hearingId: string;
  readonly ordinal: number;
  readonly startsAt: Date;
  readonly roomId: string | null;
}
export async function listOptions(from: Database | Work, hearingId: string): Promise<OptionRow[]> {
  const ask = "read" in from ? from.read.bind(from) : from.query.bind(from);
  const rows = (await ask(
    `SELECT hearing_id AS hearingId, ordinal, starts_at AS startsAt, room_id AS roomId
     FROM hearing_option WHERE hearing_id = ? ORDER BY ordinal`,
    [hearingId],
  )) as (Omit<OptionRow, "startsAt"> & { startsAt: Date | string })[];
  return rows.map((row) => ({
    ...row,
    hearingId: String(row.hearingId),
    ordinal: Number(row.ordinal),
    roomId: text(row.roomId),
    startsAt: row.startsAt instanceof Date ? row.startsAt : new Date(`${row.startsAt.replace(" ", "T")}Z`),
  }));
}

const boundTo = ({ sealRef }: { sealRef: string }): string => `hearing ${sealRef} reason`;
/** Why it was put off, moved or cancelled, in the court's words. */
export const sealReason = (vault: Vault, row: { sealRef: string }, words: string): Buffer =>
  vault.seal(words, boundTo(row));
export const openReason = (vault: Vault, row: { sealRef: string; reason: Buffer | null }): string =>
  row.reason === null ? "" : vault.open(row.reason, boundTo(row));
