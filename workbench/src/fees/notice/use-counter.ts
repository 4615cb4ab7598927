import { computed, onUnmounted, ref, shallowRef } from "vue";
import type { OpenedPayment, Payment } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { sayProblem } from "@/api/problem.ts";
import { useAction } from "../use-action.ts";

export const POLL_MS = 2_500;
export type CounterState = "asking" | "waiting" | "received" | "ended" | "failed";

/** One order at the counter: opened, shown as a code, asked about until it is known how it ended. */
export function useCounter(noticeId: () => string) {
  const payment = shallowRef<Payment | null>(null);
  const codeUrl = ref("");
  const secondsLeft = ref(0);
  const offline = ref("");
  const opening = useAction();
  const moving = useAction();
  let timer: ReturnType<typeof setInterval> | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let asking = false;

  const state = computed<CounterState>(() => {
    if (!payment.value) return opening.message.value ? "failed" : "asking";
    const code = payment.value.state.code;
    if (["succeeded", "refunding", "refunded"].includes(code)) return "received";
    return code === "created" || code === "processing" ? "waiting" : "ended";
  });

  async function open(amountFen: number | null): Promise<void> {
    stop();
    payment.value = null;
    codeUrl.value = "";
    const body = { channel: "wechat_native", ...(amountFen === null ? {} : { amountFen }) };
    const opened = await opening.run<OpenedPayment>(`/fee-notices/${noticeId()}/payments`, body);
    if (!opened) return;
    payment.value = opened.payment;
    codeUrl.value = opened.wechat.codeUrl;
    tick();
    timer = setInterval(() => void poll(), POLL_MS);
    ticking = setInterval(tick, 1000);
  }

  /** WeChat tells the server; here it is only read. What cannot be read now is read at the next turn. */
  async function poll(): Promise<void> {
    if (asking || !payment.value) return;
    asking = true;
    try {
      payment.value = await api.get<Payment>(`/payments/${payment.value.id}`);
      offline.value = "";
      if (state.value !== "waiting") stop();
    } catch (error) {
      offline.value = sayProblem(error);
    } finally {
      asking = false;
    }
  }

  async function move(action: string): Promise<void> {
    if (!payment.value) return;
    const moved = await moving.run<Payment>(`/payments/${payment.value.id}/moves`, { action });
    if (moved) payment.value = moved;
    else if (moving.overtaken.value) await poll();
    if (state.value !== "waiting") stop();
  }

  function tick(): void {
    const ends = Date.parse(payment.value?.expiresAt ?? "");
    secondsLeft.value = Number.isFinite(ends) ? Math.max(0, Math.ceil((ends - api.serverNow()) / 1000)) : 0;
  }
  function stop(): void {
    clearInterval(timer);
    clearInterval(ticking);
  }
  onUnmounted(stop);
  return { payment, codeUrl, secondsLeft, offline, state, opening, moving, open, move, stop };
}
