import { ref, watch } from "vue";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";

const PAUSE_MS = 300;

/** Asks a calculator of the server again whenever the question changes and the typing pauses; the newest question wins. */
export function useQuote<T>(path: string, question: () => object | null) {
  const answer = ref<T | null>(null);
  const problem = ref("");
  const asking = ref(false);
  let asked = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function ask(body: object, mine: number) {
    try {
      const told = await api.postOpen<T>(path, body);
      if (mine !== asked) return;
      answer.value = told;
    } catch (error) {
      if (mine === asked) problem.value = sayProblem(error);
    } finally {
      if (mine === asked) asking.value = false;
    }
  }
  watch(
    () => JSON.stringify(question()),
    (now) => {
      clearTimeout(pause);
      const mine = ++asked;
      const body = JSON.parse(now) as object | null;
      // An old figure beside a new question would be read as its answer.
      answer.value = null;
      problem.value = "";
      asking.value = body !== null;
      if (body) pause = setTimeout(() => void ask(body, mine), PAUSE_MS);
    },
    { immediate: true },
  );
  return { answer, problem, asking };
}
