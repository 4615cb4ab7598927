import { onUnmounted, ref, shallowRef, watch } from "vue";
import type { FeeNotice, Payment } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";

const WATCH_MS = 5_000;
const LIVE = new Set(["created", "processing", "refunding"]);

/** One notice with its payments; while money is under way both are read again by themselves. */
export function useNotice(id: () => string) {
  const notice = shallowRef<FeeNotice | null>(null);
  const payments = shallowRef<Payment[]>([]);
  const problem = ref("");
  const paymentsProblem = ref("");
  let asked = 0;

  async function load(): Promise<void> {
    const mine = ++asked;
    const wanted = id();
    const [one, paid] = await Promise.allSettled([
      api.get<FeeNotice>(`/fee-notices/${wanted}`),
      api.get<{ items: Payment[] }>(`/fee-notices/${wanted}/payments`),
    ]);
    if (mine !== asked) return;
    problem.value = one.status === "rejected" ? sayProblem(one.reason) : "";
    paymentsProblem.value = paid.status === "rejected" ? sayProblem(paid.reason) : "";
    if (one.status === "fulfilled") notice.value = one.value;
    if (paid.status === "fulfilled") payments.value = paid.value.items;
  }
  watch(
    id,
    () => {
      notice.value = null;
      payments.value = [];
      void load();
    },
    { immediate: true },
  );
  const timer = setInterval(() => {
    const underWay = payments.value.some((each) => LIVE.has(each.state.code)) || notice.value?.state.code === "paying";
    if (underWay && document.visibilityState === "visible") void load();
  }, WATCH_MS);
  onUnmounted(() => clearInterval(timer));
  return { notice, payments, problem, paymentsProblem, load };
}
