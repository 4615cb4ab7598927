import { randomBytes } from "node:crypto";
import { QueryTypes } from "sequelize";
import type { Actor } from "#core/actor.ts";
import type { Database, Value } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { type ConfirmationKind, fingerprint, type Subject } from "./confirmation-subject.ts";
import type { FilingContent } from "./content.ts";
import { Filing } from "./model.ts";

export const CONFIRMATION_STATES = {
  offered: "等待确认",
  confirmed: "已确认",
  declined: "未同意",
  withdrawn: "已撤回",
  expired: "已失效",
} as const;
export type ConfirmationState = keyof typeof CONFIRMATION_STATES;

export interface ConfirmationRow extends Subject {
  readonly id: string;
  readonly filingId: string;
  readonly sealRef: string;
  readonly state: ConfirmationState;
  readonly accountId: string | null;
  readonly shownHash: string | null;
  readonly contentHash: string | null;
  readonly note: Buffer | null;
  readonly offeredBy: string;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
}

const COLUMNS = `c.id, c.filing_id AS filingId, c.seal_ref AS sealRef, c.kind, c.party_key AS partyKey, c.agent_key AS agentKey, c.state,
  c.account_id AS accountId, c.shown_hash AS shownHash, c.content_hash AS contentHash, c.note, c.offered_by AS offeredBy,
  c.offered_at AS offeredAt, c.expires_at AS expiresAt, c.decided_at AS decidedAt`;

type Reader = Pick<Database, "read">;
export const inside = (work: Work): Reader => ({ read: work.query });

/** In SQL: filings that this person confirmed something of, until it is withdrawn. They may be read, and nothing more. */
export const confirmedBy = (actor: Actor, table: string): { sql: string; values: Value[] } => ({
  sql: `EXISTS (SELECT 1 FROM filing_confirmation fc WHERE fc.filing_id = ${table}.id AND fc.account_id = ? AND fc.state = 'confirmed')`,
  values: [actor.accountId],
});

/** Whether this person may read the filing for having confirmed something of it. */
export async function mayReadAsConfirmed(reader: Reader, actor: Actor, filingId: string): Promise<boolean> {
  const { sql, values } = confirmedBy(actor, "f");
  const rows = await reader.read(`SELECT f.id FROM filing f WHERE f.id = ? AND ${sql}`, [filingId, ...values]);
  return rows.length > 0;
}

/** The same, for the room of materials, which brings no database. */
export async function isConfirmedReader(actor: Actor, filingId: string): Promise<boolean> {
  const { sequelize } = Filing;
  if (!sequelize) return false;
  const read = <T extends object>(sql: string, values: readonly Value[] = []) =>
    sequelize.query(sql, { replacements: [...values], type: QueryTypes.SELECT }) as unknown as Promise<T[]>;
  return mayReadAsConfirmed({ read }, actor, filingId);
}

/** Every confirmation of a filing that was found for the reader before, the newest first. */
export function listConfirmationRows(reader: Reader, filingId: string): Promise<ConfirmationRow[]> {
  return reader.read<ConfirmationRow>(
    `SELECT ${COLUMNS} FROM filing_confirmation c WHERE c.filing_id = ? ORDER BY c.id DESC LIMIT 500`,
    [filingId],
  );
}

/** By the index of the token in its link. */
export async function findByToken(reader: Reader, tokenIndex: string): Promise<ConfirmationRow | null> {
  const [row] = await reader.read<ConfirmationRow>(
    `SELECT ${COLUMNS} FROM filing_confirmation c WHERE c.token_index = ?`,
    [tokenIndex],
  );
  return row ?? null;
}

/** For whoever opened its link as the one asked, and for who filed; anybody else finds nothing. */
export async function findConfirmationRow(reader: Reader, actor: Actor, id: string): Promise<ConfirmationRow | null> {
  const [row] = await reader.read<ConfirmationRow>(
    `SELECT ${COLUMNS} FROM filing_confirmation c JOIN filing f ON f.id = c.filing_id
     WHERE c.id = ? AND (c.account_id = ? OR f.account_id = ?)`,
    [id, actor.accountId, actor.accountId],
  );
  return row ?? null;
}

export interface Signed {
  readonly snapshot: Buffer;
  readonly signature: Buffer;
}

/** What was confirmed and the signature under it, sealed; null where nothing was. */
export async function findSigned(reader: Reader, id: string): Promise<Signed | null> {
  const [row] = await reader.read<Signed>(
    "SELECT snapshot, signature FROM filing_confirmation WHERE id = ? AND snapshot IS NOT NULL AND signature IS NOT NULL",
    [id],
  );
  return row ?? null;
}

export const TOKEN = /^[A-Za-z0-9_-]{43}$/;
export const newToken = (): string => randomBytes(32).toString("base64url");
export const tokenIndex = (vault: Vault, token: string): string => vault.index("confirmation", token);

const boundTo = (row: { sealRef: string }, what: string): string => `confirmation ${row.sealRef} ${what}`;
export const sealPart = (vault: Vault, row: { sealRef: string }, what: SealedPart, plain: string): Buffer =>
  vault.seal(plain, boundTo(row, what));
export const openPart = (vault: Vault, row: { sealRef: string }, what: SealedPart, sealed: Buffer): string =>
  vault.open(sealed, boundTo(row, what));
type SealedPart = "snapshot" | "signature" | "note";

/** How far a confirmation is, for the rule pack: the standing one of a subject, else the newest. */
export interface ConfirmationFact extends Subject {
  readonly state: ConfirmationState;
  /** What was confirmed is what stands in the content now. */
  readonly current: boolean;
  readonly id: string;
}

/** An offer nobody took up in time is over, whether or not its timer has rung. */
export const stateOf = ({ state, expiresAt }: ConfirmationRow, now: Date): ConfirmationState =>
  state === "offered" && expiresAt <= now ? "expired" : state;

export function confirmationFacts(
  rows: readonly ConfirmationRow[],
  content: FilingContent,
  now: Date,
): ConfirmationFact[] {
  const found = new Map<string, ConfirmationFact>();
  for (const row of rows) {
    const { id, kind, partyKey, agentKey } = row;
    const state = stateOf(row, now);
    const subject = { kind, partyKey, agentKey };
    const current = state === "confirmed" && row.contentHash === fingerprint(content, subject);
    const known = found.get(keyOf(subject));
    if (!known || (current && !known.current) || (state === "confirmed" && known.state === "expired"))
      found.set(keyOf(subject), { ...subject, id: String(id), state, current });
  }
  return [...found.values()];
}

export const keyOf = ({ kind, partyKey, agentKey }: Subject): string => `${kind} ${partyKey} ${agentKey}`;

export const factOf = (
  facts: readonly ConfirmationFact[],
  kind: ConfirmationKind,
  partyKey: string,
  agentKey = "",
): ConfirmationFact | undefined =>
  facts.find((fact) => fact.kind === kind && fact.partyKey === partyKey && fact.agentKey === agentKey);
