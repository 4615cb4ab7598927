import type { Work } from "#core/work.ts";
import { participantsOf } from "#modules/case/index.ts";
import type { Means } from "#modules/module.ts";
import { momentOf } from "./consent-store.ts";
import type { Hearing } from "./model.ts";

export type Purpose = "first" | "change";
export interface Negotiation {
  readonly id: string;
  readonly hearingId: string;
  readonly turn: number;
  readonly purpose: Purpose;
  readonly state: "open" | "agreed" | "renewed" | "court" | "over";
  readonly askedBy: string | null;
  readonly expiresAt: Date;
}

/** Opens the striking of dates, and sets the timer that ends it. */
export async function beginNegotiation(
  work: Work,
  hearing: Hearing,
  {
    purpose,
    turn,
    expiresAt,
    askedBy = null,
    reason = null,
  }: {
    readonly purpose: Purpose;
    readonly turn: number;
    readonly expiresAt: Date;
    readonly askedBy?: string | null;
    readonly reason?: Buffer | null;
  },
): Promise<string> {
  await work.change(
    `INSERT INTO hearing_negotiation (hearing_id, turn, purpose, state, asked_by, reason, opened_at, expires_at)
     VALUES (?, ?, ?, 'open', ?, ?, ?, ?)`,
    [String(hearing.id), turn, purpose, askedBy, reason, work.at, expiresAt],
  );
  const [made] = await work.query<{ id: string }>("SELECT LAST_INSERT_ID() AS id");
  const negotiationId = String(made?.id);
  const timer = { name: "hearing.answers_due", about: `hearing:${hearing.id}`, courtCode: hearing.courtCode } as const;
  await work.emit({ ...timer, hearingId: String(hearing.id), negotiationId }, { dueAt: expiresAt });
  return negotiationId;
}

/** The last negotiation of a hearing whose row is held, or null. */
export async function lastNegotiation(work: Work, hearingId: string): Promise<Negotiation | null> {
  const [row] = await work.query<Omit<Negotiation, "expiresAt"> & { expiresAt: Date | string }>(
    `SELECT id, hearing_id AS hearingId, turn, purpose, state, asked_by AS askedBy, expires_at AS expiresAt
     FROM hearing_negotiation WHERE hearing_id = ? ORDER BY turn DESC LIMIT 1`,
    [hearingId],
  );
  if (!row) return null;
  return { ...row, id: String(row.id), turn: Number(row.turn), expiresAt: momentOf(row.expiresAt) };
}

export async function closeNegotiation(
  work: Work,
  { id }: Pick<Negotiation, "id">,
  state: Exclude<Negotiation["state"], "open">,
  by: "all" | "time" | "court",
): Promise<void> {
  await work.change("UPDATE hearing_negotiation SET state = ?, closed_at = ?, closed_by = ? WHERE id = ?", [
    state,
    work.at,
    by,
    id,
  ]);
}

/** What the court settles otherwise ends it; nobody's answer is asked any more. */
export async function endNegotiation(work: Work, hearingId: string): Promise<void> {
  const open = await lastNegotiation(work, hearingId);
  if (open?.state === "open") await closeNegotiation(work, open, "over", "court");
}

/** The answer of these parties: which dates do not suit them. An answer given again takes the place of the one before. */
export async function writeAnswer(
  work: Work,
  { id, hearingId }: Pick<Negotiation, "id" | "hearingId">,
  partyKeys: readonly string[],
  struck: readonly number[],
): Promise<void> {
  const { accountId } = work.actor;
  for (const partyKey of partyKeys) {
    await work.change("DELETE FROM hearing_strike WHERE hearing_id = ? AND party_key = ?", [hearingId, partyKey]);
    for (const ordinal of new Set(struck))
      await work.change(
        "INSERT INTO hearing_strike (hearing_id, ordinal, party_key, account_id, at) VALUES (?, ?, ?, ?, ?)",
        [hearingId, ordinal, partyKey, accountId, work.at],
      );
    await work.change(
      `INSERT INTO hearing_answer (negotiation_id, party_key, account_id, at) VALUES (?, ?, ?, ?)
       ON DUPLICATE KEY UPDATE account_id = VALUES(account_id), at = VALUES(at)`,
      [id, partyKey, accountId, work.at],
    );
  }
}

export interface Answers {
  readonly answered: ReadonlySet<string>;
  readonly struck: ReadonlySet<number>;
  /** Parties that have somebody here who can answer, and have not. */
  readonly missing: readonly string[];
}
export async function answersOf(work: Work, { id, hearingId }: Negotiation, caseId: string): Promise<Answers> {
  const given = await work.query<{ partyKey: string }>(
    "SELECT party_key AS partyKey FROM hearing_answer WHERE negotiation_id = ?",
    [id],
  );
  const struck = await work.query<{ ordinal: number }>(
    "SELECT DISTINCT ordinal FROM hearing_strike WHERE hearing_id = ?",
    [hearingId],
  );
  const answered = new Set(given.map(({ partyKey }) => partyKey));
  const able = new Set((await participantsOf(work, caseId)).map(({ partyKey }) => partyKey));
  return {
    answered,
    struck: new Set(struck.map(({ ordinal }) => Number(ordinal))),
    missing: [...able].filter((key) => !answered.has(key)),
  };
}

/** How a negotiation stands, for those who may see the hearing: of dates, who struck them is told as sides, not as people. */
export async function showNegotiation({ database }: Pick<Means, "database">, hearingId: string) {
  const [row] = await database.read<{
    id: string;
    turn: number;
    purpose: Purpose;
    state: Negotiation["state"];
    askedBy: string | null;
    expiresAt: Date;
  }>(
    `SELECT id, turn, purpose, state, asked_by AS askedBy, expires_at AS expiresAt FROM hearing_negotiation
     WHERE hearing_id = ? ORDER BY turn DESC LIMIT 1`,
    [hearingId],
  );
  if (!row) return null;
  const [answers, strikes] = await Promise.all([
    database.read<{ partyKey: string }>(
      "SELECT party_key AS partyKey FROM hearing_answer WHERE negotiation_id = ? ORDER BY party_key",
      [String(row.id)],
    ),
    database.read<{ ordinal: number; partyKey: string }>(
      "SELECT ordinal, party_key AS partyKey FROM hearing_strike WHERE hearing_id = ? ORDER BY ordinal, party_key",
      [hearingId],
    ),
  ]);
  return {
    purpose: row.purpose,
    state: row.state,
    turn: Number(row.turn),
    askedBy: row.askedBy,
    expiresAt: row.expiresAt.toISOString(),
    answered: answers.map(({ partyKey }) => partyKey),
    strikes: strikes.map(({ ordinal, partyKey }) => ({ ordinal: Number(ordinal), partyKey })),
  };
}
