import { ref } from "vue";
import { ProblemError, sayProblem } from "@/api/problem.ts";

/** Saves a setting and says how it went. A setting has its version: what another has changed meanwhile is not overwritten. */
export function useEdit() {
  const busy = ref(false);
  const message = ref("");

  async function run(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    message.value = "";
    try {
      await work();
      return true;
    } catch (error) {
      message.value =
        error instanceof ProblemError ? sayProblem(error) : "网络中断，不知道是否已经保存。请关闭后刷新，核对再改。";
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, message, run };
}
