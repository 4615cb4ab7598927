import { ref, shallowRef } from "vue";
import type { IntakeItem, ReviewItem } from "@/api/contract.ts";
import { api, newKey } from "@/api/index.ts";
import { type Decision, pendingDecisions, type Standing, settleDecision } from "./decision.ts";
import { bodyOf, type DecisionAction, type Draft } from "./draft.ts";

/** Sends one decision and keeps its standing; a decision whose outcome is unknown is asked for until it is known. */
export function useDecision() {
  const standing = shallowRef<Standing>({ is: "editing" });
  const waitSeconds = ref(0);
  const pending = pendingDecisions(sessionStorage);
  let hurry = () => {};

  async function send(item: ReviewItem, action: DecisionAction, draft: Draft): Promise<Standing> {
    return run({ itemId: item.id, key: newKey(), body: bodyOf(action, draft, item.lease?.fence ?? 0) });
  }

  /** Takes up a decision that was on its way when the page was reloaded. */
  async function resume(itemId: string): Promise<Standing | null> {
    const left = pending.of(itemId);
    return left ? run(left) : null;
  }

  async function run(decision: Decision): Promise<Standing> {
    pending.keep(decision);
    try {
      return await settleDecision(decision, {
        send: ({ itemId, body, key }) => api.post<IntakeItem>(`/intake/items/${itemId}/moves`, body, key),
        wait,
        tell: (now) => {
          standing.value = now;
        },
      });
    } finally {
      pending.drop();
    }
  }

  function wait(ms: number): Promise<void> {
    waitSeconds.value = Math.ceil(ms / 1000);
    return new Promise((resolve) => {
      const ticking = setInterval(() => {
        waitSeconds.value = Math.max(0, waitSeconds.value - 1);
      }, 1000);
      const done = () => {
        clearInterval(ticking);
        clearTimeout(timer);
        window.removeEventListener("online", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      window.addEventListener("online", done);
      hurry = done;
    });
  }

  return {
    standing,
    waitSeconds,
    send,
    resume,
    pendingOf: (itemId: string) => pending.of(itemId),
    askNow: () => hurry(),
    reset: () => {
      standing.value = { is: "editing" };
    },
  };
}
