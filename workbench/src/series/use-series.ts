import { ref, shallowRef } from "vue";
import type { IntakeItem, SeriesDetail } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { MOST_ITEMS } from "./members.ts";

const PAGE = 100;

/** A series with as many of its members as one move takes; `more` reads on. */
export function useSeries() {
  const series = shallowRef<SeriesDetail | null>(null);
  const items = shallowRef<IntakeItem[]>([]);
  const cursor = ref<string | null>(null);
  const problem = ref("");
  const loading = ref(false);
  let turn = 0;

  async function load(id: string): Promise<void> {
    turn += 1;
    const mine = turn;
    loading.value = true;
    problem.value = "";
    try {
      const first = await api.get<SeriesDetail>(`/intake/series/${id}`, { limit: PAGE });
      let found = first.items;
      let next = first.nextCursor;
      while (next && found.length < MOST_ITEMS) {
        const page = await api.get<SeriesDetail>(`/intake/series/${id}`, { limit: PAGE, cursor: next });
        found = [...found, ...page.items];
        next = page.nextCursor;
      }
      if (mine !== turn) return;
      series.value = first;
      items.value = found;
      cursor.value = next;
    } catch (error) {
      if (mine === turn) problem.value = sayProblem(error);
    } finally {
      if (mine === turn) loading.value = false;
    }
  }

  async function more(): Promise<void> {
    const known = series.value;
    if (!known || !cursor.value) return;
    try {
      const page = await api.get<SeriesDetail>(`/intake/series/${known.id}`, { limit: PAGE, cursor: cursor.value });
      items.value = [...items.value, ...page.items];
      cursor.value = page.nextCursor;
    } catch (error) {
      problem.value = sayProblem(error);
    }
  }

  return { series, items, cursor, problem, loading, load, more };
}
