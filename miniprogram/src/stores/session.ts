import { computed, ref } from "vue";
import * as account from "@/api/account";
import { clearTokens, keepTokens, readTokens } from "@/api/tokens";
import type { Account } from "@/api/types";
import { forgetSyncedDrafts } from "@/draft/drafts";
import { storage } from "@/platform/storage";
import { useLanguage } from "@/text";

const KEY = "account";

/** Who is signed in, as last heard of: known without network too. */
export const person = ref<Account | null>(readTokens() ? storage.read<Account>(KEY) : null);
export const signedIn = computed(() => person.value !== null);

/** Signs in with WeChat's one-time code, or with the demonstration's `sandbox:<name>`. */
export async function signIn(code: string): Promise<void> {
  const session = await account.signInByWechat(code);
  keepTokens(session);
  keepPerson(session.account);
  uni.$emit("session:started");
}

/** Ends the session here at once; the server is told if it can be reached. */
export async function signOut(): Promise<void> {
  await account.signOut().catch(() => {});
  forgetSyncedDrafts();
  endHere();
}

export async function refreshPerson(): Promise<void> {
  if (readTokens()) keepPerson(await account.me());
}

export function keepPerson(value: Account): void {
  person.value = value;
  // An answer kept from an older server says nothing of it.
  if (value.language) useLanguage(value.language);
  storage.write(KEY, value);
}

/** Sends whoever is not signed in to the sign-in page, and comes back afterwards. False when that was needed. */
export function requireSignIn(): boolean {
  if (person.value) return true;
  void uni.navigateTo({ url: "/pages/signin/index" });
  return false;
}

/** The number on the messages' tab. Pages without tab bar refuse it, which does not matter. */
export function showUnread(count: number): void {
  const index = 2;
  if (count > 0) uni.setTabBarBadge({ index, text: count > 99 ? "99+" : String(count), fail: () => {} });
  else uni.removeTabBarBadge({ index, fail: () => {} });
}

export function listenToSession(): void {
  uni.$on("session:ended", endHere);
}

function endHere(): void {
  clearTokens();
  person.value = null;
  storage.remove(KEY);
  for (const key of storage.keys("cache:")) storage.remove(key);
}
