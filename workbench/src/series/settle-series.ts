import type { Series, SeriesMove } from "@/api/contract.ts";
import { ProblemError, UnknownOutcome } from "@/api/problem.ts";
import { isInFlight } from "@/api/settle.ts";
import { pauseBefore } from "@/review/decision.ts";

export interface SeriesJob {
  seriesId: string;
  key: string;
  body: { action: string; itemIds: string[] } & Record<string, unknown>;
}
export interface SeriesAnswer {
  move: SeriesMove;
  series: Series;
}
/** Where a move over many items stands. `unsure`: no answer came; the same key goes on where it stopped. */
export type SeriesStanding =
  | { is: "editing" }
  | { is: "running" }
  | { is: "unsure"; attempt: number }
  | { is: "done"; answer: SeriesAnswer }
  | { is: "refused"; problem: ProblemError };

interface Parts {
  send: (job: SeriesJob) => Promise<SeriesAnswer>;
  wait: (ms: number) => Promise<void>;
  tell: (standing: SeriesStanding) => void;
}

/**
 * Sends one decision about many items and goes on, under the same key, until every item has a result. The work of two
 * hundred items outlasts one request: that its answer does not come in time is the normal case and not yet a trouble.
 */
export async function settleSeries(job: SeriesJob, { send, wait, tell }: Parts): Promise<SeriesStanding> {
  tell({ is: "running" });
  for (let attempt = 1; ; attempt += 1) {
    let standing: SeriesStanding | null = null;
    try {
      const answer = await send(job);
      if (answer.move.counts.pending === 0) standing = { is: "done", answer };
      else await wait(1500);
    } catch (error) {
      const passing = error instanceof UnknownOutcome || isInFlight(error);
      if (!passing && !(error instanceof ProblemError)) throw error;
      if (error instanceof ProblemError && !passing && error.status !== 429)
        standing = { is: "refused", problem: error };
      else if (!isInFlight(error)) tell({ is: "unsure", attempt });
      if (!standing) await wait(isInFlight(error) ? 1500 : pauseBefore(attempt, error));
    }
    if (standing) {
      tell(standing);
      return standing;
    }
  }
}

/** A move on its way survives a reload of the page: it is taken up again with its own key. */
export function pendingSeries(storage: Storage, name = "sutong.workbench.pending-series") {
  return {
    keep: (job: SeriesJob) => storage.setItem(name, JSON.stringify(job)),
    drop: () => storage.removeItem(name),
    of(seriesId: string): SeriesJob | null {
      try {
        const kept = JSON.parse(storage.getItem(name) ?? "null") as SeriesJob | null;
        return kept?.seriesId === seriesId ? kept : null;
      } catch {
        return null;
      }
    },
  };
}
