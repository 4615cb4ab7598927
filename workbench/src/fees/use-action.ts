import { ref } from "vue";
import { api, newKey } from "@/api/index.ts";
import { ProblemError, sayProblem, UnknownOutcome } from "@/api/problem.ts";
import { isInFlight, steady } from "@/api/settle.ts";

/**
 * Sends what moves money or makes a decision. When no answer came, the outcome is unknown: the same body pressed again goes
 * out under the same key, so that nothing is done twice, and `unsure` tells the form to hold still until it is known.
 */
export function useAction() {
  const busy = ref(false);
  const message = ref("");
  const unsure = ref(false);
  /** Somebody else was first: what is on the screen is old. */
  const overtaken = ref(false);
  let left: { text: string; key: string } | null = null;

  async function run<T>(path: string, body: unknown): Promise<T | null> {
    if (busy.value) return null;
    const text = `${path}\n${JSON.stringify(body)}`;
    const key = left?.text === text ? left.key : newKey();
    left = { text, key };
    busy.value = true;
    message.value = "";
    overtaken.value = false;
    try {
      const answer = await steady(() => api.post<T>(path, body, key));
      left = null;
      unsure.value = false;
      return answer;
    } catch (error) {
      unsure.value = error instanceof UnknownOutcome || isInFlight(error);
      overtaken.value = isOvertaken(error);
      if (!unsure.value) left = null;
      message.value = unsure.value
        ? "网络中断，还不知道是否已经办成。请再点一次：系统以同一编号询问结果，不会重复办理。"
        : sayRefusal(error);
      return null;
    } finally {
      busy.value = false;
    }
  }

  function reset(): void {
    message.value = "";
    unsure.value = false;
    overtaken.value = false;
    left = null;
  }
  return { busy, message, unsure, overtaken, run, reset };
}
export type Action = ReturnType<typeof useAction>;

const sayings: Record<string, string> = {
  "refund.same_person": "须由另一人审批：提出退费的人不能审批自己的申请。",
};

/** What a refusal means for the person at the desk, and what to do. */
export function sayRefusal(error: unknown): string {
  if (!(error instanceof ProblemError)) return sayProblem(error);
  const own = sayings[error.code];
  if (own) return own;
  if (error.status === 403) return `您的岗位不能办理此项。${sayProblem(error)}`;
  return sayProblem(error);
}

/** Somebody else was first, or the thing has changed meanwhile: what is on the screen is old. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 409 || error.status === 412) && !isInFlight(error);
}
