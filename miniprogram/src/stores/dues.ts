import { computed, ref } from "vue";
import { listFeeNotices } from "@/api/fees";
import type { FeeNoticeSummary } from "@/api/types";
import { isDue, mostPressing } from "@/fee/notice-words";
import { person } from "./session";

// What is to be paid, for the home page and one's own: as last heard, and gone with the session.
const heard = ref<{ accountId: string; notices: FeeNoticeSummary[] } | null>(null);
const due = computed(() =>
  heard.value && heard.value.accountId === person.value?.id ? heard.value.notices.filter(isDue) : [],
);

export const dueCount = computed(() => due.value.filter((each) => each.state.code !== "relief_pending").length);
export const pressing = computed(() => mostPressing(due.value));

export async function refreshDues(): Promise<void> {
  const accountId = person.value?.id;
  if (!accountId) return;
  const page = await listFeeNotices({ limit: 50 }).catch(() => null);
  if (page) heard.value = { accountId, notices: page.items };
}
