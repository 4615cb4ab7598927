import { onShow } from "@dcloudio/uni-app";
import { type Ref, shallowRef } from "vue";
import { type AgentPapers, type Askable, agentPapers, listConfirmations } from "@/api/confirmations";
import type { Draft } from "./draft";

const papers = shallowRef<AgentPapers | null>(null);

/** Who may be asked for a confirmation by link, and the papers of each kind of agent; both as the court tells them. */
export function useConfirmations(draft: Ref<Draft | null>) {
  const askable = shallowRef<Askable[]>([]);
  const filingId = shallowRef<string | null>(null);

  /** Sends what was just changed first: the court answers from what it has. Without network the page does without. */
  async function refresh(): Promise<void> {
    const opened = draft.value;
    if (!opened || opened.helping) return;
    try {
      papers.value ??= await agentPapers();
      await opened.flush();
      filingId.value = opened.filingId;
      if (opened.filingId) askable.value = (await listConfirmations(opened.filingId)).askable;
    } catch {
      // Said by the frame of the page; what stood here stays.
    }
  }
  onShow(() => void refresh());
  return { papers, askable, filingId, refresh };
}
