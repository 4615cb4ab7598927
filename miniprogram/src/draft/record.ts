import type { NewFiling } from "@/api/filings";
import type { Conflict, Content, Edit } from "@/api/types";
import type { Storage } from "@/platform/storage";

/** A batch on its way: sent again with the same key until the server has answered, also after a restart. */
export interface Batch {
  key: string;
  edits: Edit[];
}

/** A draft as this phone keeps it: the server's last word and everything the server has not confirmed yet. */
export interface DraftRecord {
  /** Our own name of the draft; it exists before the server knows of it. */
  id: string;
  accountId: string;
  filingId: string | null;
  /** How to create the filing, with the key to do it once. */
  create: { body: NewFiling; key: string } | null;
  courtCode: string | null;
  courtName: string;
  causeName: string;
  version: number;
  content: Content;
  pending: Edit[];
  inflight: Batch | null;
  conflicts: Conflict[];
  /** Values the server refused, by path, with what it said; shown at the field until the person changes them. */
  rejected: Record<string, { value: unknown; message: string }>;
  savedAt: string;
  /** Somebody else's draft, which this person helps to fill in. */
  helping?: boolean;
}

const PREFIX = "draft:";

export function readRecord(storage: Storage, id: string): DraftRecord | null {
  return storage.read<DraftRecord>(PREFIX + id);
}

export function writeRecord(storage: Storage, record: DraftRecord): void {
  storage.write(PREFIX + record.id, record);
}

export function removeRecord(storage: Storage, id: string): void {
  storage.remove(PREFIX + id);
}

/** Tells the name of a draft that another window has written. */
export function watchRecords(storage: Storage, written: (id: string) => void): void {
  storage.watch(PREFIX, (key) => written(key.slice(PREFIX.length)));
}

export function allRecords(storage: Storage): DraftRecord[] {
  return storage
    .keys(PREFIX)
    .map((key) => storage.read<DraftRecord>(key))
    .filter((record): record is DraftRecord => record !== null);
}

/** Whether something in it exists on this phone only. */
export function hasUnsent(record: DraftRecord): boolean {
  return record.pending.length > 0 || record.inflight !== null || Object.keys(record.rejected).length > 0;
}
