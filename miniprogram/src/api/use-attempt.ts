import { ref } from "vue";
import { newIdempotencyKey } from "@/values/keys";
import { Problem, sayProblem } from "./problem";

/**
 * One thing sent at a time, with what is said meanwhile and afterwards. The key stays until it is known what became of the
 * sending: pressed again after a lost answer, the same thing is not done twice. `done` runs after each that succeeded.
 */
export function useAttempt(done: () => Promise<unknown>) {
  const busy = ref("");
  const failure = ref("");
  let key = "";

  async function attempt(saying: string, send: (key: string) => Promise<unknown>): Promise<void> {
    if (busy.value) return;
    busy.value = saying;
    failure.value = "";
    key ||= newIdempotencyKey();
    try {
      await send(key);
      key = "";
      await done();
    } catch (error) {
      failure.value =
        error instanceof Problem ? sayProblem(error) : error instanceof Error ? error.message : "没有办成，请再试一次";
      if (error instanceof Problem && !error.temporary) key = "";
    } finally {
      busy.value = "";
    }
  }
  return { busy, failure, attempt };
}
