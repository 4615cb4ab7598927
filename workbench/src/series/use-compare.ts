import { computed, ref, shallowRef } from "vue";
import type { IntakeItem, ReviewItem } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { compareMembers } from "./compare.ts";

const AT_ONCE = 4;
/** So many at a time: a filing is read whole, and reading personal data is written down. */
export const STEP = 12;

/** Reads the members of a series in steps and compares those that have been read. */
export function useCompare(items: () => IntakeItem[]) {
  const read = shallowRef<ReviewItem[]>([]);
  const reading = ref(false);
  const problem = ref("");
  let turn = 0;

  async function more(): Promise<void> {
    const mine = turn;
    const known = new Set(read.value.map(({ id }) => id));
    const wanted = items()
      .filter(({ id }) => !known.has(id))
      .slice(0, STEP);
    if (reading.value || wanted.length === 0) return;
    reading.value = true;
    problem.value = "";
    try {
      for (let at = 0; at < wanted.length; at += AT_ONCE) {
        const part = wanted.slice(at, at + AT_ONCE);
        const found = await Promise.all(part.map(({ id }) => api.get<ReviewItem>(`/intake/items/${id}`)));
        if (mine !== turn) return;
        read.value = [...read.value, ...found];
      }
    } catch (error) {
      if (mine === turn) problem.value = sayProblem(error);
    } finally {
      if (mine === turn) reading.value = false;
    }
  }

  function clear(): void {
    turn += 1;
    read.value = [];
    reading.value = false;
    problem.value = "";
  }

  const comparison = computed(() => compareMembers(read.value));
  return { read, reading, problem, comparison, more, clear };
}
