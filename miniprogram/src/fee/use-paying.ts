import { computed, ref, shallowRef } from "vue";
import { getPayment, movePayment, openPayment } from "@/api/payments";
import { Problem, sayProblem } from "@/api/problem";
import type { PayChannel, Payment } from "@/api/types";
import { after } from "@/draft/upload-means";
import { platform } from "@/platform";
import { storage } from "@/platform/storage";
import { newIdempotencyKey } from "@/values/keys";
import { PayDesk } from "./pay-desk";
import { isLive, plainPayment, type Seen } from "./plain-payment";
import { Poll } from "./poll";

export interface PayTarget {
  noticeId: string;
  /** How somebody who is not the payer comes to pay; empty for the payer. */
  payCode: string;
  /** The page of this app a browser comes back to. */
  comeBackTo(paymentId: string): string;
}

// The page and its data may both report the same payment within a moment: WeChat is asked once.
const RECENT_MS = 3000;
// One for the whole app: two pages on the same notice share the tap.
const desk = new PayDesk({ storage, open: openPayment, newKey: newIdempotencyKey, now: Date.now });

/**
 * Paying one notice on one page. What is shown of a payment is always the court's last answer; what WeChat's cashier says
 * on this phone only makes us ask.
 */
export function usePaying(target: () => PayTarget, settled: (payment: Payment) => void, stale: () => void = () => {}) {
  const payment = shallowRef<Payment | null>(null);
  const seen = ref<Seen>("");
  const codeUrl = ref("");
  const qr = ref("");
  const busy = ref(false);
  const problem = ref("");
  const plain = computed(() => (payment.value ? plainPayment(payment.value, seen.value) : null));
  let checkedAt = 0;
  const poll = new Poll({ ask: askQuietly, after });

  function take(next: Payment): void {
    // An older answer that was slower than a newer one.
    if (payment.value?.id === next.id && !isLive(payment.value) && isLive(next)) return;
    const news = !isLive(next) && (payment.value === null || isLive(payment.value));
    payment.value = next;
    if (isLive(next)) return;
    poll.stop();
    hideCode();
    seen.value = "";
    if (news) settled(next);
  }

  async function askQuietly(): Promise<boolean> {
    if (!payment.value) return true;
    await getPayment(payment.value.id).then(take, () => {});
    return !payment.value || !isLive(payment.value);
  }

  /** The person says it is paid: the court asks WeChat now. */
  async function paidAlready(): Promise<void> {
    seen.value = "confirmed";
    hideCode();
    await check();
  }

  async function check(): Promise<void> {
    if (!payment.value) return;
    checkedAt = Date.now();
    try {
      take(await movePayment(payment.value.id, "check", newIdempotencyKey()));
      problem.value = "";
    } catch (error) {
      problem.value = sayPaying(error);
    }
  }

  async function pay(amountFen: number, channel: PayChannel = platform.payChannel()): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    problem.value = "";
    const { noticeId, payCode, comeBackTo } = target();
    try {
      const { payment: opened, wechat } = await desk.open(noticeId, {
        channel,
        amountFen,
        ...(payCode ? { payCode } : {}),
      });
      if (payment.value?.id !== opened.id) hideCode();
      take(opened);
      const outcome = await platform.pay(wechat, comeBackTo(opened.id));
      seen.value = "";
      if (outcome.kind === "left") return;
      if (outcome.kind === "scan") await showCode(outcome.codeUrl);
      else {
        seen.value = outcome.kind;
        await check();
      }
      watch();
    } catch (error) {
      problem.value = sayPaying(error);
      await learnOf(error);
    } finally {
      busy.value = false;
    }
  }

  /** Refused: an earlier order was paid after all, which is then shown; or others have paid meanwhile. The page looks again. */
  async function learnOf(error: unknown): Promise<void> {
    if (!(error instanceof Problem) || error.temporary) return;
    const known = error.body.paymentId;
    if (typeof known === "string") await getPayment(known).then(take, () => {});
    else stale();
  }

  async function cancel(): Promise<void> {
    if (!payment.value || busy.value) return;
    busy.value = true;
    try {
      take(await movePayment(payment.value.id, "cancel", newIdempotencyKey()));
    } catch (error) {
      problem.value = sayPaying(error);
    } finally {
      busy.value = false;
    }
  }

  /** A payment the court knows of: found when the page opens, or when it is looked at again. */
  async function follow(known: Payment): Promise<void> {
    take(known);
    if (Date.now() - checkedAt > RECENT_MS) await check();
    watch();
  }

  function watch(): void {
    if (payment.value && isLive(payment.value)) poll.start();
  }

  async function showCode(address: string): Promise<void> {
    seen.value = "scanning";
    codeUrl.value = address;
    qr.value = (await platform.drawQr(address)) ?? "";
  }
  function hideCode(): void {
    codeUrl.value = "";
    qr.value = "";
    if (seen.value === "scanning") seen.value = "unfinished";
  }
  return {
    payment,
    plain,
    seen,
    codeUrl,
    qr,
    busy,
    problem,
    pay,
    paidAlready,
    cancel,
    follow,
    hideCode,
    rest: () => poll.stop(),
  };
}

function sayPaying(error: unknown): string {
  if (error instanceof Problem && error.offline)
    return "网络连不上。等网络恢复后再点一次就行：同一笔不会重复下单，也不会重复扣款。";
  return sayProblem(error);
}
