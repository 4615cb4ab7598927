import { Problem } from "@/api/problem";
import type { Draft } from "./draft";

const EVERY_MS = 4000;
/** Filings for which a code was given out on this phone: until when somebody may join. */
const awaited = new Map<string, number>();
const watched = new Map<Draft, { screens: number; timer: ReturnType<typeof setInterval> }>();

/** A code was given out: from now on somebody may join at any moment. */
export function awaitHelper(filingId: string, expiresAt: string): void {
  awaited.set(filingId, Date.parse(expiresAt));
}

/**
 * Keeps a draft fresh while two phones write in it, and learns when the second one comes and goes. One timer for each draft,
 * however many screens show it; it asks nobody while nobody helps. Gives what ends it.
 */
export function watchHelp(draft: Draft): () => void {
  const known = watched.get(draft);
  const entry = known ?? { screens: 0, timer: setInterval(() => void look(draft), EVERY_MS) };
  entry.screens++;
  watched.set(draft, entry);
  if (draft.filingId && !draft.view.filing) void ask(draft);
  return () => {
    if (--entry.screens > 0) return;
    clearInterval(entry.timer);
    watched.delete(draft);
  };
}

async function look(draft: Draft): Promise<void> {
  const waiting = draft.filingId !== null && (awaited.get(draft.filingId) ?? 0) > Date.now();
  if (draft.helping || draft.view.filing?.help || waiting) await ask(draft);
}

async function ask(draft: Draft): Promise<void> {
  try {
    await draft.refresh();
  } catch (error) {
    if (draft.helping && error instanceof Problem && error.status === 404) draft.endHelping();
  }
}
