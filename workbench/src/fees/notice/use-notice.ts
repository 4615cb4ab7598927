import { onUnmounted, ref, shallowRef, watch } from "vue";
import type { FeeNotice, Payment } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";

const WATCH_MS = 5_000;
const LIVE = new Set(["created", "processing", "refunding"]);
const ON_ITS_WAY = new Set(["approved", "processing"]);

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
    if (isUnderWay(notice.value, payments.value) && document.visibilityState === "visible") void load();
  }, WATCH_MS);
  onUnmounted(() => clearInterval(timer));
  return { notice, payments, problem, paymentsProblem, load };
}

/** Money comes in or goes back just now, or is to go back and nobody has written it down yet. */
function isUnderWay(notice: FeeNotice | null, payments: Payment[]): boolean {
  if (!notice) return false;
  const refunds = payments.flatMap((each) => each.refunds);
  const asked = refunds.some((each) => each.state.code === "requested");
  const owedBack = notice.paidFen - notice.refundedFen > notice.dueFen;
  return (
    notice.state.code === "paying" ||
    payments.some((each) => LIVE.has(each.state.code)) ||
    refunds.some((each) => ON_ITS_WAY.has(each.state.code)) ||
    (owedBack && !asked)
  );
}
