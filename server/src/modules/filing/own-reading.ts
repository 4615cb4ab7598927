import type { Work } from "#core/work.ts";

/**
 * Whoever filed as somebody's agent reads the filing as long as they act in its case: with the end of the agency reading
 * ends, in the same commit (民诉法§63；审判流程公开规定§6). Of an account that did not file it, nothing changes.
 */
export async function endOwnReading(work: Work, filingId: string, accountId: string): Promise<void> {
  await work.change(
    "UPDATE filing SET reading_ended_at = ? WHERE id = ? AND account_id = ? AND reading_ended_at IS NULL",
    [work.at, filingId, accountId],
  );
}

/** Entrusted again, they read it again. */
export async function resumeOwnReading(work: Work, filingId: string, accountId: string): Promise<void> {
  await work.change(
    "UPDATE filing SET reading_ended_at = NULL WHERE id = ? AND account_id = ? AND reading_ended_at IS NOT NULL",
    [filingId, accountId],
  );
}
