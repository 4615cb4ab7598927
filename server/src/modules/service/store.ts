import { type Actor, isStaff } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { actsFor } from "#modules/case/index.ts";
import type { Known } from "./effect.ts";
import type { AllFacts } from "./facts.ts";
import type { Channel, Consent, DocumentKindCode } from "./kinds.ts";
import { Service } from "./model.ts";
import { problem } from "./problems.ts";
import type { ServiceState } from "./workflow.ts";

export const NEVER = "9999-12-31";

export interface ServiceRow {
  readonly id: string;
  readonly sealRef: string;
  readonly caseId: string;
  readonly courtCode: string;
  readonly number: string;
  readonly documentKind: DocumentKindCode;
  readonly title: string;
  readonly partyKey: string;
  readonly state: ServiceState;
  readonly turn: number;
  readonly dueOn: string;
  readonly channel: Channel | null;
  readonly consent: Consent | null;
  readonly effectiveOn: string | null;
  readonly presumed: number | boolean;
  readonly basis: string;
  readonly explanation: string;
  readonly effectiveAt: Date | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly paperAskedAt: Date | null;
  readonly paperGivenAt: Date | null;
  readonly version: number;
}
const COLUMNS = `s.id, s.seal_ref AS sealRef, s.case_id AS caseId, s.court_code AS courtCode, s.number, s.document_kind AS documentKind, s.title,
  s.party_key AS partyKey, s.state, s.turn, DATE_FORMAT(s.due_on, '%Y-%m-%d') AS dueOn, s.channel, s.consent,
  DATE_FORMAT(s.effective_on, '%Y-%m-%d') AS effectiveOn, s.presumed, s.basis, s.explanation, s.effective_at AS effectiveAt,
  s.created_at AS createdAt, s.sent_at AS sentAt, s.paper_asked_at AS paperAskedAt, s.paper_given_at AS paperGivenAt, s.version`;

/**
 * Who may see a service, in SQL (reliability rule 25): the court from the first word; those who act now for the party it goes to,
 * once it was sent. Co-parties, the other side, former agents and other courts find nothing.
 */
export function visibleTo(actor: Actor): { sql: string; values: Value[] } {
  if (actor.role === "system") return { sql: "TRUE", values: [] };
  if (isStaff(actor)) {
    if (actor.role === "admin" || actor.role === "auditor") return { sql: "FALSE", values: [] };
    return { sql: "s.court_code = ?", values: [actor.courtCode] };
  }
  const own = actsFor(actor, "s");
  return { sql: `s.state NOT IN ('pending', 'cancelled') AND ${own.sql}`, values: own.values };
}

export async function findService(database: Database, actor: Actor, id: string): Promise<ServiceRow> {
  const { sql, values } = visibleTo(actor);
  const [row] = await database.read<ServiceRow>(`SELECT ${COLUMNS} FROM service s WHERE s.id = ? AND ${sql}`, [
    id,
    ...values,
  ]);
  if (!row) throw problem("service.not_found");
  return plain(row);
}

export interface ServiceFilter {
  readonly caseId?: string | undefined;
  readonly state?: ServiceState | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}
/** What is to be done first, then by the day it is due; one row more than `limit`. */
export async function listServices(
  database: Database,
  actor: Actor,
  { caseId, state, after, limit }: ServiceFilter,
): Promise<ServiceRow[]> {
  const { sql, values } = visibleTo(actor);
  const where = [sql];
  const add = (condition: string, ...more: Value[]) => {
    where.push(condition);
    values.push(...more);
  };
  if (caseId) add("s.case_id = ?", caseId);
  if (state) add("s.state = ?", state);
  const [, turn, day, last] = /^(\d)_(\d{4}-\d{2}-\d{2})_(\d+)$/.exec(after ?? "") ?? [];
  if (turn && day && last) add("(s.turn, s.due_on, s.id) > (?, ?, ?)", Number(turn), day, last);
  const rows = await database.read<ServiceRow>(
    `SELECT ${COLUMNS} FROM service s WHERE ${where.join(" AND ")} ORDER BY s.turn, s.due_on, s.id LIMIT ${Number(limit) + 1}`,
    values,
  );
  return rows.map(plain);
}
export const placeOf = ({ turn, dueOn, id }: ServiceRow): string => `${turn}_${dueOn}_${id}`;

const plain = (row: ServiceRow): ServiceRow => ({
  ...row,
  id: String(row.id),
  caseId: String(row.caseId),
  turn: Number(row.turn),
  version: Number(row.version),
});

/** Held until the work is done. Throws `service.not_found` for whoever may not see it. */
export async function holdService(work: Work, id: string): Promise<Service> {
  const held = await Service.findByPk(id, { transaction: work.tx, lock: work.tx.LOCK.UPDATE });
  if (!held) throw problem("service.not_found");
  const { sql, values } = visibleTo(work.actor);
  const [seen] = await work.query(`SELECT s.id FROM service s WHERE s.id = ? AND ${sql}`, [id, ...values]);
  if (!seen) throw problem("service.not_found");
  return held;
}

type Word = "text" | "note" | "address" | "facts" | "contest" | "reason" | "document";
const boundTo = ({ sealRef }: { sealRef: string }, what: Word): string => `service ${sealRef} ${what}`;
export const sealWord = (vault: Vault, row: { sealRef: string }, what: Word, text: string): Buffer =>
  vault.seal(text, boundTo(row, what));
export const openWord = (vault: Vault, row: { sealRef: string }, what: Word, sealed: Buffer | null): string =>
  sealed === null ? "" : vault.open(sealed, boundTo(row, what));

export const factsOf = (vault: Vault, row: { sealRef: string }, sealed: Buffer | null | undefined): AllFacts =>
  sealed ? (JSON.parse(openWord(vault, row, "facts", sealed)) as AllFacts) : {};

/** One way that was tried, as the table has it. */
export interface AttemptRow {
  readonly id: string;
  readonly channel: Channel;
  readonly address: Buffer | null;
  readonly confirmed: boolean | number;
  readonly sentAt: Date;
  readonly arrivedAt?: Date | null;
  readonly readAt?: Date | null;
  readonly repliedAt?: Date | null;
  readonly over?: boolean | number;
  readonly facts?: Buffer | null;
  readonly ruled?: boolean | number;
  readonly ruledOn?: string | null;
}
export const listAttempts = (database: Database, serviceId: string): Promise<AttemptRow[]> =>
  database.read<AttemptRow>(
    `SELECT id, channel, address, confirmed, sent_at AS sentAt, arrived_at AS arrivedAt, read_at AS readAt, replied_at AS repliedAt,
       \`over\`, facts, ruled, DATE_FORMAT(ruled_on, '%Y-%m-%d') AS ruledOn
     FROM service_attempt WHERE service_id = ? ORDER BY id`,
    [serviceId],
  );

/** What the rules are asked of one attempt. */
export function knownOf(vault: Vault, row: { sealRef: string }, attempt: AttemptRow): Known {
  return {
    id: String(attempt.id),
    channel: attempt.channel,
    confirmed: Boolean(Number(attempt.confirmed)),
    arrivedAt: attempt.arrivedAt ?? null,
    readAt: attempt.readAt ?? null,
    repliedAt: attempt.repliedAt ?? null,
    facts: factsOf(vault, row, attempt.facts),
    over: Boolean(Number(attempt.over ?? 0)),
    ruled: Boolean(Number(attempt.ruled ?? 0)),
    ruledOn: attempt.ruledOn ?? null,
  };
}
