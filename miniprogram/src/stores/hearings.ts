import { computed, ref } from "vue";
import type { Hearing } from "@/api/hearing-types";
import { listHearings } from "@/api/hearings";
import { isOver } from "@/hearing/words";
import { today } from "@/values/dates";
import { person } from "./session";

// The next hearing, for the home page: as last heard, and gone with the session.
const heard = ref<{ accountId: string; hearings: Hearing[] } | null>(null);
export const nextHearing = computed(() =>
  heard.value && heard.value.accountId === person.value?.id ? (heard.value.hearings[0] ?? null) : null,
);

export async function refreshHearings(): Promise<void> {
  const accountId = person.value?.id;
  if (!accountId) return;
  const page = await listHearings({ from: today(), limit: 10 }).catch(() => null);
  if (page) heard.value = { accountId, hearings: page.items.filter((each) => !isOver(each)) };
}
