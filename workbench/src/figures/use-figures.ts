import { onMounted, ref, shallowRef, watch } from "vue";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { courtDay, type Span, spanOf } from "./span.ts";

/** Figures of a period; the answer of an older period never overwrites a newer one's. */
export function useFigures<T>(path: string, queryOf: (span: Span) => Record<string, string>) {
  const today = courtDay(api.serverNow());
  const span = ref<Span>(spanOf("近 30 日", today));
  const figures = shallowRef<T | null>(null);
  const problem = ref("");
  const loading = ref(false);
  let turn = 0;

  async function load(): Promise<void> {
    turn += 1;
    const mine = turn;
    loading.value = true;
    problem.value = "";
    try {
      const answer = await api.get<T>(path, queryOf(span.value));
      if (mine === turn) figures.value = answer;
    } catch (error) {
      if (mine !== turn) return;
      figures.value = null;
      problem.value = sayProblem(error);
    } finally {
      if (mine === turn) loading.value = false;
    }
  }
  onMounted(() => void load());
  watch(span, () => void load());
  return { today, span, figures, problem, loading, load };
}
