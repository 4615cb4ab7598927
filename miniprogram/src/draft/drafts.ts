import type { Filing } from "@/api/types";
import { storage } from "@/platform/storage";
import { newKey } from "@/values/keys";
import { emptyContent } from "./content";
import { Draft } from "./draft";
import { allRecords, type DraftRecord, hasUnsent, readRecord, removeRecord, watchRecords, writeRecord } from "./record";

// One object per draft for the whole app, so that two pages never write past each other.
const open = new Map<string, Draft>();
// And two windows of one browser read each other's writing.
watchRecords(storage, (id) => open.get(id)?.reload());

/** A new draft on this phone. It is on the server once a court is chosen and the network allows. */
export function startDraft(accountId: string): Draft {
  return remember(blank(newKey("d"), accountId));
}

/** The draft of that name, as this phone knows it; null when it does not. */
export function openDraft(id: string): Draft | null {
  const known = open.get(id);
  if (known) return known;
  const record = readRecord(storage, id);
  return record ? remember(record) : null;
}

/** The draft that belongs to a filing of the server: the one on this phone, or a fresh copy. */
export function draftOf(filing: Filing, accountId: string): Draft {
  const here = allRecords(storage).find((record) => record.filingId === filing.id);
  const draft = here ? openDraft(here.id)! : remember({ ...blank(newKey("d"), accountId), filingId: filing.id });
  draft.take(filing);
  return draft;
}

/** Drafts the server does not know of yet, for the list of one's filings. */
export function unsentDrafts(accountId: string): DraftRecord[] {
  return allRecords(storage).filter((record) => record.accountId === accountId && !record.filingId);
}

/** Drafts of others that this person helps with. */
export function helpedDrafts(accountId: string): DraftRecord[] {
  return allRecords(storage).filter((record) => record.accountId === accountId && record.helping === true);
}

/** How many drafts have something that exists on this phone only. */
export function unsyncedCount(): number {
  return allRecords(storage).filter(hasUnsent).length;
}

export function removeDraft(id: string): void {
  open.delete(id);
  removeRecord(storage, id);
}

/** At sign-out: what the server has need not lie about on the phone; what it has not is kept for the next sign-in. */
export function forgetSyncedDrafts(): void {
  for (const record of allRecords(storage)) if (!hasUnsent(record)) removeDraft(record.id);
  open.clear();
}

/** At start and when the network is back: everything unsent sets out again. */
export function resumeAll(accountId: string): void {
  const uploading = new Set(storage.keys("upload:").map((key) => storage.read<{ draftId: string }>(key)?.draftId));
  for (const record of allRecords(storage)) {
    const due = hasUnsent(record) || record.create !== null || uploading.has(record.id);
    if (record.accountId === accountId && due) void openDraft(record.id)?.resume();
  }
}

function remember(record: DraftRecord): Draft {
  const draft = new Draft(record);
  open.set(record.id, draft);
  writeRecord(storage, record);
  return draft;
}

function blank(id: string, accountId: string): DraftRecord {
  return {
    id,
    accountId,
    filingId: null,
    create: null,
    courtCode: null,
    courtName: "",
    causeName: "",
    version: 0,
    content: emptyContent(),
    pending: [],
    inflight: null,
    conflicts: [],
    rejected: {},
    savedAt: "",
  };
}
