import { ref, shallowRef } from "vue";
import type { Page } from "@/api/contract.ts";
import { sayProblem } from "@/api/problem.ts";

/** A list that goes on by cursor. The answer of an older question never overwrites a newer one's. */
export function useList<T>(fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>) {
  const items = shallowRef<T[]>([]);
  const cursor = ref<string | null>(null);
  const loading = ref(false);
  const loaded = ref(false);
  const problem = ref("");
  let running: AbortController | null = null;

  async function ask(from: string | null): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    loading.value = true;
    problem.value = "";
    try {
      const page = await fetchPage(from, mine.signal);
      if (running !== mine) return;
      items.value = from === null ? page.items : [...items.value, ...page.items];
      cursor.value = page.nextCursor ?? null;
      loaded.value = true;
    } catch (error) {
      if (running === mine) problem.value = sayProblem(error);
    } finally {
      if (running === mine) loading.value = false;
    }
  }
  return {
    items,
    cursor,
    loading,
    loaded,
    problem,
    reload: () => ask(null),
    more: () => (cursor.value ? ask(cursor.value) : Promise.resolve()),
  };
}
