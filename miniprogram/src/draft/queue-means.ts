import type { NewFiling } from "@/api/filings";
import type { Edit, EditsAnswer, Filing } from "@/api/types";
import type { Storage } from "@/platform/storage";

/** saved: on this phone · sending · synced · offline: waits for the network · signin, conflict: waits for the person · stopped: no longer editable */
export type SyncState = "saved" | "sending" | "synced" | "offline" | "signin" | "conflict" | "stopped";

/** The world as the queue needs it; tests give it a server that fails at will. */
export interface QueueMeans {
  storage: Storage;
  createFiling(body: NewFiling, key: string): Promise<Filing>;
  sendEdits(filingId: string, edits: Edit[], key: string): Promise<EditsAnswer>;
  newKey(): string;
  /** Calls back later; answers how to call it off. */
  after(ms: number, run: () => void): () => void;
  random(): number;
}
