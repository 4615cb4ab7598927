import { ref, watch } from "vue";
import { api, newKey } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";

export interface DocumentPreview {
  title: string;
  text: string;
}
const PAUSE_MS = 350;

/**
 * The document a decision would send, as the server writes it: asked for when the typing pauses, the newest question wins.
 * `body` is null while the decision is not complete.
 */
export function usePreview(path: () => string, body: () => object | null) {
  const preview = ref<DocumentPreview | null>(null);
  const problem = ref("");
  let asked = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function ask(sent: object) {
    const mine = ++asked;
    try {
      const answer = await api.post<DocumentPreview>(path(), sent, newKey());
      if (mine !== asked) return;
      preview.value = answer;
      problem.value = "";
    } catch (error) {
      if (mine === asked) problem.value = sayProblem(error);
    }
  }

  watch(
    () => JSON.stringify(body()),
    (now, before) => {
      clearTimeout(pause);
      const sent = JSON.parse(now) as object | null;
      if (!sent) {
        asked += 1;
        preview.value = null;
        return;
      }
      pause = setTimeout(() => void ask(sent), before === undefined ? 0 : PAUSE_MS);
    },
    { immediate: true },
  );
  return { preview, problem };
}
