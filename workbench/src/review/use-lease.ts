import { computed, onMounted, onUnmounted, ref, type ShallowRef } from "vue";
import type { ReviewItem } from "@/api/contract.ts";
import { api } from "@/api/index.ts";
import { session } from "@/session/session.ts";
import { leaseView, shouldExtend } from "./lease.ts";

/** The lease's countdown; extends by itself while the clerk is at work on the item. */
export function useLease(item: ShallowRef<ReviewItem | null>, extend: () => Promise<void>) {
  const serverNow = ref(api.serverNow());
  const view = computed(() => leaseView(item.value?.lease ?? null, session.account?.id ?? "", serverNow.value));
  let lastTouch = Date.now();
  let busy = false;
  let notBefore = 0;

  const touch = () => {
    lastTouch = Date.now();
  };
  async function tick() {
    serverNow.value = api.serverNow();
    const mayExtend = item.value?.moves.some((move) => move.action === "extend") ?? false;
    if (!mayExtend || Date.now() < notBefore || !shouldExtend(view.value, Date.now(), lastTouch, busy)) return;
    busy = true;
    try {
      await extend();
    } catch {
      // The countdown goes on and says so; the next try waits a little.
      notBefore = Date.now() + 10_000;
    } finally {
      busy = false;
    }
  }

  let timer: ReturnType<typeof setInterval> | undefined;
  onMounted(() => {
    timer = setInterval(() => void tick(), 1000);
    for (const name of ["pointerdown", "keydown", "wheel"]) window.addEventListener(name, touch, { passive: true });
  });
  onUnmounted(() => {
    clearInterval(timer);
    for (const name of ["pointerdown", "keydown", "wheel"]) window.removeEventListener(name, touch);
  });
  return view;
}
