import { randomBytes } from "node:crypto";
import type { Role } from "#core/actor.ts";
import type { Database } from "#core/database.ts";
import type { Vault } from "#core/sealed.ts";
import type { Work } from "#core/work.ts";
import { type Thread, ThreadNote } from "./model.ts";

/** 内部备注: what the court's people tell each other. Nothing else of this room reads the table. */
const boundTo = ({ sealRef }: { sealRef: string }): string => `thread_note ${sealRef}`;

export async function writeNote(work: Work, vault: Vault, thread: Pick<Thread, "id">, body: string): Promise<void> {
  const sealRef = randomBytes(16).toString("hex");
  await ThreadNote.create(
    {
      threadId: String(thread.id),
      sealRef,
      accountId: work.actor.accountId,
      role: work.actor.role,
      body: vault.seal(body, boundTo({ sealRef })),
      at: work.at,
    },
    { transaction: work.tx },
  );
}

export interface Note {
  readonly id: string;
  readonly accountId: string;
  readonly role: Role;
  readonly body: string;
  readonly at: Date;
}
/** Of a thread that was found for one of the court's people before. */
export async function listNotes({ read }: Pick<Database, "read">, vault: Vault, threadId: string): Promise<Note[]> {
  const rows = await read<Omit<Note, "body"> & { sealRef: string; body: Buffer }>(
    "SELECT id, seal_ref AS sealRef, account_id AS accountId, role, body, at FROM thread_note WHERE thread_id = ? ORDER BY id LIMIT 200",
    [threadId],
  );
  return rows.map(({ sealRef, body, ...row }) => ({
    ...row,
    id: String(row.id),
    accountId: String(row.accountId),
    body: vault.open(body, boundTo({ sealRef })),
  }));
}
