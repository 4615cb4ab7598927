import { reactive, readonly } from "vue";
import type { Account, Role, Signed } from "@/api/contract.ts";
import { api, tokens, whenSignedOut } from "@/api/index.ts";
import { clearActivity } from "./idle.ts";

interface State {
  account: Account | null;
  /** Why the sign-in page is shown again, in one sentence. */
  farewell: string;
}
const state = reactive<State>({ account: null, farewell: "" });
export const session = readonly(state);

/** Asks for a session; throws the problem (`session.totp_required`, `session.password_due`, `session.bad_credentials`, `session.locked`). */
export async function signIn(username: string, password: string, totp: string, newPassword = ""): Promise<Account> {
  const body = { username, password, ...(totp ? { totp } : {}), ...(newPassword ? { newPassword } : {}) };
  const signed = await api.postOpen<Signed>("/sessions/staff", body);
  tokens.write({
    accessToken: signed.accessToken,
    refreshToken: signed.refreshToken,
    expiresAt: Date.now() + signed.expiresIn * 1000,
  });
  state.account = signed.account;
  state.farewell = "";
  return signed.account;
}

/** Finds the account of a session that is still alive, or null. */
export async function resumeSession(): Promise<Account | null> {
  if (state.account && tokens.read()) return state.account;
  if (!tokens.read()) return null;
  state.account = await api.get<Account>("/me");
  return state.account;
}

export async function signOut(farewell = "您已退出。"): Promise<void> {
  // The server may be out of reach; the tokens of this browser go in any case.
  await api.delete("/sessions/current").catch(() => undefined);
  forget(farewell);
}

export function forget(farewell: string): void {
  tokens.clear();
  clearActivity();
  state.account = null;
  state.farewell = farewell;
}

export function hasRole(...roles: Role[]): boolean {
  return state.account !== null && roles.includes(state.account.role);
}

/** What to do when the server no longer knows this session. */
export function whenSessionEnds(leave: () => void): void {
  whenSignedOut(() => {
    forget(state.account ? "登录已失效，请重新登录。" : "");
    leave();
  });
}
