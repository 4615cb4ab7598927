import { storage } from "@/platform/storage";
import { Problem } from "./problem";
import { send } from "./request";
import type { Session } from "./types";

interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const KEY = "session";
let renewing: Promise<string | null> | null = null;

export function readTokens(): Tokens | null {
  return storage.read<Tokens>(KEY);
}

export function keepTokens(session: Tokens): void {
  storage.write(KEY, { accessToken: session.accessToken, refreshToken: session.refreshToken });
}

export function clearTokens(): void {
  storage.remove(KEY);
}

/**
 * A new access token in place of the refused one, or null when the session is over. However many calls were refused at
 * once, the refresh token is used once: the server takes a second use for theft and ends the whole session.
 */
export function renewTokens(refused: string): Promise<string | null> {
  renewing ??= exclusively(() => renew(refused)).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renew(refused: string): Promise<string | null> {
  const tokens = readTokens();
  if (!tokens) return null;
  // Another tab, or a call that finished a moment ago, has renewed already.
  if (tokens.accessToken !== refused) return tokens.accessToken;
  try {
    const body = { refreshToken: tokens.refreshToken };
    const session = await send<Session>({ method: "POST", path: "/sessions/refresh", body }, null);
    keepTokens(session);
    return session.accessToken;
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) return null;
    throw error;
  }
}

/** On the web page two tabs share one session: the browser's lock keeps them apart. */
function exclusively<T>(work: () => Promise<T>): Promise<T> {
  if (process.env.UNI_PLATFORM !== "h5" || typeof navigator === "undefined" || !navigator.locks) return work();
  return navigator.locks.request("session", work) as Promise<T>;
}
