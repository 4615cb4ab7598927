import { computed, ref } from "vue";
import { type Duty, listDuties } from "@/api/desk";
import { person } from "./session";

const MOST = 3;
// The next duties, for the home page: as last heard, and gone with the session. Money stands there by itself.
const heard = ref<{ accountId: string; duties: Duty[] } | null>(null);
export const nextDuties = computed(() =>
  heard.value && heard.value.accountId === person.value?.id ? heard.value.duties.slice(0, MOST) : [],
);

export async function refreshDuties(): Promise<void> {
  const accountId = person.value?.id;
  if (!accountId) return;
  const page = await listDuties({ limit: 10 }).catch(() => null);
  if (page) heard.value = { accountId, duties: page.items.filter(({ rule }) => rule.code !== "fee") };
}
