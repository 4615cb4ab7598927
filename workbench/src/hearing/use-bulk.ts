import { ref, shallowRef } from "vue";
import { api, newKey } from "@/api/index.ts";
import { ProblemError, sayProblem } from "@/api/problem.ts";
import type { Placed } from "./contract.ts";

/** How many go in one request: each is some searching, and an answer must come before the time limit. */
const AT_ONCE = 5;

/**
 * Many sittings, a few at a time, with what came of each as it comes. It can be stopped between two requests; asked again, what is
 * done already is found done.
 */
export function useBulk() {
  const rows = shallowRef<Placed[]>([]);
  const running = ref(false);
  const message = ref("");
  const left = ref(0);
  let stopped = false;

  async function run(path: string, bodies: readonly Record<string, unknown>[]): Promise<void> {
    if (running.value) return;
    running.value = true;
    message.value = "";
    rows.value = [];
    stopped = false;
    try {
      for (const [n, body] of bodies.entries()) {
        if (stopped) break;
        left.value = bodies.length - n;
        const { items } = await api.post<{ items: Placed[] }>(path, body, newKey());
        rows.value = [...rows.value, ...items];
      }
      if (stopped) message.value = "已停止。没有处理的，再点一次继续；已经排好的不会重复。";
    } catch (error) {
      message.value =
        error instanceof ProblemError ? sayProblem(error) : "网络中断。请再点一次：已经排好的会保留，只处理剩下的。";
    } finally {
      running.value = false;
      left.value = 0;
    }
  }
  const stop = () => {
    stopped = true;
  };
  return { rows, running, message, left, run, stop };
}

export const inParts = <T>(items: readonly T[], size = AT_ONCE): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
