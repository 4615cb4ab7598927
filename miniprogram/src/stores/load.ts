import { type Ref, ref, shallowRef } from "vue";
import { Problem, sayProblem } from "@/api/problem";
import { storage } from "@/platform/storage";

export interface Load<T> {
  data: Ref<T | null>;
  /** loading: nothing to show yet · ready · stale: shows what was heard last time · failed */
  state: Ref<"loading" | "ready" | "stale" | "failed">;
  problem: Ref<string>;
  /** The session is over: the page offers to sign in. */
  signin: Ref<boolean>;
  reload(): Promise<void>;
}

/**
 * What a page shows from the server. With `remember` the last answer is kept on the phone and shown at once, so that a
 * page opened in a dead valley still says what is known.
 */
export function useLoad<T>(ask: () => Promise<T>, remember?: () => string): Load<T> {
  const data = shallowRef<T | null>(null) as Ref<T | null>;
  const state = ref<"loading" | "ready" | "stale" | "failed">("loading");
  const problem = ref("");
  const signin = ref(false);

  async function reload(): Promise<void> {
    const key = remember ? `cache:${remember()}` : null;
    if (data.value === null && key) {
      data.value = storage.read<T>(key);
      if (data.value !== null) state.value = "stale";
    }
    if (data.value === null) state.value = "loading";
    try {
      data.value = await ask();
      state.value = "ready";
      problem.value = "";
      signin.value = false;
      if (key) storage.write(key, data.value);
    } catch (error) {
      problem.value = sayProblem(error);
      signin.value = error instanceof Problem && error.status === 401;
      // Something that is no longer there must not be shown from memory.
      if (error instanceof Problem && error.status === 404) data.value = null;
      state.value = data.value === null || signin.value ? "failed" : "stale";
    }
  }

  return { data, state, problem, signin, reload };
}
