import { createHash } from "node:crypto";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { problem } from "./room-problems.ts";
import { when } from "./room-store.ts";

type Reads = Pick<Database, "read">;

export const TRANSCRIPT_STATES = { typing: "记录中", offered: "核对签名中", closed: "已完成" } as const;
export type TranscriptState = keyof typeof TRANSCRIPT_STATES;

export interface TranscriptRow {
  readonly hearingId: string;
  readonly sealRef: string;
  readonly state: TranscriptState;
  readonly version: number;
  readonly beganAt: Date;
  readonly offeredAt: Date | null;
  readonly closedAt: Date | null;
}
export interface PageRow {
  readonly page: number;
  readonly body: Buffer;
  readonly sha256: string;
  readonly version: number;
  readonly changedAt: Date;
}
export interface SignatureRow {
  readonly page: number;
  readonly presenceId: string;
  readonly sha256: string;
  readonly picture: Buffer | null;
  readonly refused: Buffer | null;
  readonly at: Date;
}
export interface CorrectionRow {
  readonly id: string;
  readonly page: number;
  readonly presenceId: string;
  readonly wish: Buffer;
  readonly at: Date;
  readonly outcome: "done" | "kept" | null;
  readonly answer: Buffer | null;
}

export async function findTranscript({ read }: Reads, hearingId: string): Promise<TranscriptRow | null> {
  const [row] = await read<TranscriptRow>(
    `SELECT hearing_id AS hearingId, seal_ref AS sealRef, state, version, began_at AS beganAt, offered_at AS offeredAt, closed_at AS closedAt
     FROM hearing_transcript WHERE hearing_id = ?`,
    [hearingId],
  );
  if (!row) return null;
  return {
    ...row,
    hearingId: String(row.hearingId),
    version: Number(row.version),
    beganAt: when(row.beganAt) as Date,
    offeredAt: when(row.offeredAt),
    closedAt: when(row.closedAt),
  };
}

/** The same, held until the work is done. Throws `transcript.none`, and `transcript.closed` where it must still be open. */
export async function holdTranscript(work: Work, hearingId: string): Promise<TranscriptRow> {
  await work.query("SELECT hearing_id FROM hearing_transcript WHERE hearing_id = ? FOR UPDATE", [hearingId]);
  const row = await findTranscript({ read: (sql, values) => work.query(sql, values) }, hearingId);
  if (!row) throw problem("transcript.none");
  if (row.state === "closed") throw problem("transcript.closed");
  return row;
}

export async function listPages({ read }: Reads, hearingId: string): Promise<PageRow[]> {
  const rows = await read<PageRow>(
    "SELECT page, body, sha256, version, changed_at AS changedAt FROM transcript_page WHERE hearing_id = ? ORDER BY page",
    [hearingId],
  );
  return rows.map((row) => ({
    ...row,
    page: Number(row.page),
    version: Number(row.version),
    changedAt: when(row.changedAt) as Date,
  }));
}

/** Signatures over the text as it stands now; those over an earlier text no longer count. */
export async function listSignatures({ read }: Reads, hearingId: string): Promise<SignatureRow[]> {
  const rows = await read<SignatureRow>(
    `SELECT s.page, s.presence_id AS presenceId, s.sha256, s.picture, s.refused, s.at
     FROM transcript_signature s JOIN transcript_page p ON p.hearing_id = s.hearing_id AND p.page = s.page AND p.sha256 = s.sha256
     WHERE s.hearing_id = ? ORDER BY s.page, s.id`,
    [hearingId],
  );
  return rows.map((row) => ({
    ...row,
    page: Number(row.page),
    presenceId: String(row.presenceId),
    at: when(row.at) as Date,
  }));
}

export async function listCorrections({ read }: Reads, hearingId: string): Promise<CorrectionRow[]> {
  const rows = await read<CorrectionRow>(
    `SELECT id, page, presence_id AS presenceId, wish, at, outcome, answer FROM transcript_correction WHERE hearing_id = ? ORDER BY id`,
    [hearingId],
  );
  return rows.map((row) => ({
    ...row,
    id: String(row.id),
    page: Number(row.page),
    presenceId: String(row.presenceId),
    at: when(row.at) as Date,
  }));
}

export async function briefOfTranscript({ read }: Reads, hearingId: string) {
  const row = await findTranscript({ read }, hearingId);
  if (!row) return null;
  const [count] = await read<{ n: number }>("SELECT COUNT(*) AS n FROM transcript_page WHERE hearing_id = ?", [
    hearingId,
  ]);
  return { state: { code: row.state, label: TRANSCRIPT_STATES[row.state] }, pages: Number(count?.n ?? 0) };
}

export const hashOfPage = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

type Sealed = Pick<TranscriptRow, "sealRef">;
type What = `page ${number}` | `signature ${string}` | `refusal ${string}` | `wish ${string}` | `answer ${string}`;
const boundTo = ({ sealRef }: Sealed, what: What) => `transcript ${sealRef} ${what}`;
export const sealText = (vault: Vault, row: Sealed, what: What, text: string): Buffer =>
  vault.seal(text, boundTo(row, what));
export const openText = (vault: Vault, row: Sealed, what: What, sealed: Buffer): string =>
  vault.open(sealed, boundTo(row, what));
