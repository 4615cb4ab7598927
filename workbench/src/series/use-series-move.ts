import { ref, shallowRef } from "vue";
import type { SeriesDetail } from "@/api/contract.ts";
import { api, newKey } from "@/api/index.ts";
import { pause } from "@/api/settle.ts";
import {
  pendingSeries,
  type SeriesAnswer,
  type SeriesJob,
  type SeriesStanding,
  settleSeries,
} from "./settle-series.ts";

const PROGRESS_MS = 2000;

/** One decision about many items, its progress and its end. */
export function useSeriesMove(seriesId: () => string) {
  const standing = shallowRef<SeriesStanding>({ is: "editing" });
  const finished = ref(0);
  const total = ref(0);
  const pending = pendingSeries(sessionStorage);

  function send(body: SeriesJob["body"], lastMoveId: string | null): Promise<SeriesStanding> {
    return run({ seriesId: seriesId(), key: newKey(), body }, lastMoveId);
  }

  /** Takes up a move that was on its way when the page was reloaded. */
  async function resume(): Promise<SeriesStanding | null> {
    const left = pending.of(seriesId());
    return left ? run(left, null) : null;
  }

  async function run(job: SeriesJob, lastMoveId: string | null): Promise<SeriesStanding> {
    pending.keep(job);
    finished.value = 0;
    total.value = job.body.itemIds.length;
    const counting = setInterval(() => void count(job.seriesId, lastMoveId), PROGRESS_MS);
    try {
      const settled = await settleSeries(job, {
        send: ({ body, key }) => api.post<SeriesAnswer>(`/intake/series/${job.seriesId}/moves`, body, key),
        wait: pause,
        tell: (now) => {
          standing.value = now;
        },
      });
      pending.drop();
      return settled;
    } finally {
      clearInterval(counting);
    }
  }

  /** How far it is; what cannot be read now is read the next time. */
  async function count(id: string, lastMoveId: string | null): Promise<void> {
    const told = await api.get<SeriesDetail>(`/intake/series/${id}`, { limit: 1 }).catch(() => null);
    if (told?.lastMove && told.lastMove.id !== lastMoveId)
      finished.value = told.lastMove.counts.done + told.lastMove.counts.refused;
  }

  return {
    standing,
    finished,
    total,
    send,
    resume,
    hasPending: () => pending.of(seriesId()) !== null,
    reset: () => {
      standing.value = { is: "editing" };
    },
  };
}
